"""The editor of a draft: the table of steps as in Word, the other parts as forms, saves that can be brought back."""
