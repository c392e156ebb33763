"""Files become candidate quotes: no database, no Discord, and nothing kept.

bytes ──encoding, one reader for each format──▶ blocks ──splitting──▶ candidates ──doubles──▶ shown
"""
