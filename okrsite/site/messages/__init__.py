"""What happened, and where things stand, for mails, chats, slides and feeds."""
