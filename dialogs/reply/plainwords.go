package reply

import _ "embed" // for the list of words

//go:embed plainwords.txt
var plainText string

// plain are common English words that lie one slip from a word that matters to
// a rule: "chess" from "chest", "pinched" from "punched". They are what they
// are and never mended.
var plain = set(plainText)

// notMended are words of rules that others are too easily mistaken for.
var notMended = set(`there these three where while which their things thing being going doing other after again never every those whose shall still think thank thanks would could should might about`)
