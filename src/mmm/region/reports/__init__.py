"""*Meld dit* and *Dit klopt niet*: to the coordinator, an answer with a reason within one working day."""
