"""From the commits of a repository to the ledger: what each of them did to the goals."""
