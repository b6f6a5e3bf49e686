package reply

// Why says in a sentence what a rule does, for those who write scripts.
func Why(id RuleID) string {
	if why, ok := whys[id]; ok {
		return why
	}
	for _, r := range distress.rules {
		if r.id == id {
			return r.about
		}
	}
	return ""
}

var whys = map[RuleID]string{
	"scale/nothing":         "There is nothing in the reply.",
	"scale/no-number":       "No number from 0 to 10 in any form.",
	"scale/number":          "One number in digits.",
	"scale/word":            "One number in words, or a phrase for one such as half way.",
	"scale/out-of":          "A number out of 10 or 100.",
	"scale/percent":         "A percentage.",
	"scale/corrected":       "A later number takes an earlier one back.",
	"scale/now-not-then":    "The number of now, not the one of then.",
	"scale/only-then":       "Only a number of the past.",
	"scale/range":           "Two numbers as a range or a doubt: the middle is taken, and the person told.",
	"scale/several":         "Several numbers that could each be the score.",
	"scale/out-of-range":    "A number beyond 0 to 10.",
	"scale/other-fraction":  "A fraction that is not out of 10 or 100.",
	"scale/negated":         "A number that is said not to be it.",
	"scale/bounded":         "Only a bound: over, under, nearly.",
	"scale/relative":        "Only a change: up 2, down 3.",
	"scale/of-things":       "A number of something else: tablets, hours, an age, a time.",
	"scale/about-the-scale": "A number that speaks of the scale itself.",
	"scale/wished":          "A number that is hoped for, or depends on something.",

	"yesno/nothing":      "There is nothing in the reply.",
	"yesno/no-polarity":  "Neither a yes nor a no in any form.",
	"yesno/yes":          "A word or phrase for yes.",
	"yesno/weak-yes":     "Says that it is so: I did, ok, done.",
	"yesno/no":           "A word or phrase for no.",
	"yesno/not-now":      "Not now, which is a no.",
	"yesno/weak-no":      "Says that it is not so: I didn't, I forgot.",
	"yesno/no-wait":      "A no, with a sorry.",
	"yesno/doubt":        "A maybe, a partly, a don't know.",
	"yesno/another-time": "Another time, perhaps.",
	"yesno/some":         "Only some, or only sometimes.",
	"yesno/both":         "Both a yes and a no.",
	"yesno/question":     "A question back.",

	"choice/nothing":       "There is nothing in the reply.",
	"choice/none-named":    "No option is named.",
	"choice/several":       "More than one option is named.",
	"choice/denied":        "An option is named only to say that it is not the one.",
	"choice/label":         "The label of an option.",
	"choice/synonym":       "Another word for an option.",
	"choice/typo":          "An option with one slip of spelling.",
	"choice/word-of-label": "A word that belongs to one option's label alone.",
	"choice/number":        "An option by its number or place in the list.",
	"choice/yes-or-no":     "A yes or no in other words.",

	"date/nothing":            "There is nothing in the reply.",
	"date/no-day":             "No day is named.",
	"date/no-single-day":      "A stretch of time, not one day.",
	"date/several":            "More than one day.",
	"date/past":               "A day that is gone.",
	"date/impossible":         "A day that does not exist.",
	"date/contradicts-itself": "The weekday and the date do not agree.",
	"date/denied":             "A day is named only to say that it is not the one.",
	"date/bounded":            "Only a bound: by, before, after, from.",
	"date/vague":              "A day that could be one of several.",
	"date/today":              "Today.",
	"date/tomorrow":           "Tomorrow.",
	"date/day-after-tomorrow": "The day after tomorrow.",
	"date/in-days":            "So many days or weeks from today.",
	"date/weekday":            "The next such weekday after today.",
	"date/this-weekday":       "This coming weekday.",
	"date/next-weekday":       "That weekday of the following Monday-to-Sunday week.",
	"date/weekday-next-week":  "That weekday of the following week.",
	"date/weekday-this-week":  "That weekday of this week.",
	"date/weekday-week":       "A week after the next such weekday.",
	"date/weekday-fortnight":  "Two weeks after the next such weekday.",
	"date/week-on-weekday":    "Weeks counted from the next such weekday.",
	"date/week-today":         "Weeks counted from today.",
	"date/week-tomorrow":      "Weeks counted from tomorrow.",
	"date/month-today":        "A month from today.",
	"date/same-day-next-week": "This day next week.",
	"date/recurring":          "The first of days that recur.",
	"date/day-month":          "A day and a month.",
	"date/day-month-year":     "A day, a month and a year.",
	"date/day-of-month":       "The next such day of a month.",
	"date/iso":                "A date written year first.",
	"date/nth-weekday":        "Such a weekday of a month.",
	"date/last-day":           "The last day of a month.",
	"date/named-day":          "A day with a name, such as Good Friday.",
	"date/bank-holiday":       "A bank holiday of England and Wales.",
	"command/none":            "No wish that can be uttered at any time.",
	"command/stop":            "Wants the messages to stop.",
	"command/pause":           "Wants a break from the messages.",
	"command/human":           "Wants a person.",
	"command/help":            "Wants to know how this works.",
	"command/skip":            "Wants to pass over the question.",
	"command/back":            "Wants to return to the question before.",
}
