"""*Geef je verhaal door*: a story that somebody gives, edited by a human, public when its owner said yes."""
