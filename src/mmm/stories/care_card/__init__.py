"""*Kaart voor mijn behandelaar*: one page to show or hand over, made of what the person chose."""
