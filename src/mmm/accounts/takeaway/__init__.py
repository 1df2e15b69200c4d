"""Taking everything along (GDPR art. 15 and 20): one ZIP with the same things in three forms.

`package.build` makes it in memory; `readable` makes pages of it; `schema.json` says what `data.json` holds.
"""
