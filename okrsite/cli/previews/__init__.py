"""What reviewers of a proposed change see: its site, and what it does to the goals.

One job builds it, another offers it. The one that builds runs what the change's author wrote, so it has no secrets.
The one that offers has them, so it runs nothing of that: it takes a folder of files, and believes none of them.
"""
