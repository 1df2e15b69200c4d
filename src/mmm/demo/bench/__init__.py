"""The two servers that `./mmm bench pages` compares: a floor, and the project as it is."""
