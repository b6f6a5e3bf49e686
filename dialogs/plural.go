package dialogs

import (
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// A word that goes with a number has as many forms as its language counts by:
// {n|week|weeks} in English, {n|tydzień|tygodnie|tygodni} in Polish. The rules
// are Unicode's (CLDR), the forms stand in its order: zero, one, two, few, many,
// other, where the language has them for whole numbers.

// cldr is that order.
var cldr = []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other}

// counted remembers the forms of a language, by its tag.
var counted sync.Map

// formsOf lists the forms that whole numbers take in a language.
func formsOf(tag string) []plural.Form {
	if known, ok := counted.Load(tag); ok {
		return known.([]plural.Form)
	}
	reached := make(map[plural.Form]bool)
	for n := range 1000 { // no rule looks further than the last three digits
		reached[plural.Cardinal.MatchPlural(language.Make(tag), n, 0, 0, 0, 0)] = true
	}
	var forms []plural.Form
	for _, f := range cldr {
		if reached[f] {
			forms = append(forms, f)
		}
	}
	counted.Store(tag, forms)
	return forms
}

// miscounted is the first word of a text that has another number of forms than
// the language counts by, as it is written; "" where there is none.
func (t *template) miscounted(tag string) (slot string, want int) {
	want = len(formsOf(tag))
	for i, words := range t.forms {
		if len(words) != want {
			return "{" + t.names[i] + "|" + strings.Join(words, "|") + "}", want
		}
	}
	return "", want
}

// form picks the word that goes with a number as we write it, such as "3" or
// "5.5". What only fractions take is said as the last form.
func form(tag, number string, words []string) string {
	whole, fraction, _ := strings.Cut(number, ".")
	digits := func(s string) (n int) {
		for _, r := range s {
			if r >= '0' && r <= '9' {
				n = (n*10 + int(r-'0')) % 1_000_000
			}
		}
		return n
	}
	f, places := digits(fraction), len(fraction)
	is := plural.Cardinal.MatchPlural(language.Make(tag), digits(whole), places, places, f, f)
	for i, known := range formsOf(tag) {
		if known == is && i < len(words) {
			return words[i]
		}
	}
	return words[len(words)-1]
}
