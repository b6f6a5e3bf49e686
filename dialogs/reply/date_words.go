package reply

import (
	"strings"
	"time"
)

// dayNames are the weekdays as people type them.
var dayNames = map[string]string{}

var weekdays = map[string]time.Weekday{}
var months = map[string]time.Month{}

func init() {
	for day, names := range map[time.Weekday]string{
		time.Monday:    "monday mon mondy mnday moday monady modnay monda mundy munday mondays llun",
		time.Tuesday:   "tuesday tue tues tuesdy tueday tusday teusday tuesda tuseday tuesdays toosday chewsday mawrth",
		time.Wednesday: "wednesday wed weds wensday wednesdy wendsday wenesday wednsday wednesay wedneday wedensday weddnesday wednessday wednesdays mercher wesnesday wedday",
		time.Thursday:  "thursday thu thur thurs thirsday thusday thrusday thursdy thursay thersday thurday thursdays thurzday thirzday fursday firsday fersday furzday iau thurdsay",
		time.Friday:    "friday fri firday friady fridy frday fryday firdays fridays fridee gwener frid",
		time.Saturday:  "saturday sat satuday saterday satarday saturdy saturaday saturdya saturdays sadwrn setterday satdy satday satuarday sats",
		time.Sunday:    "sunday sun sund sundy sundat suday snday sundya sundays sul",
	} {
		full := strings.Fields(names)[0]
		for _, n := range strings.Fields(names) {
			weekdays[n] = day
			dayNames[n] = full
			known.id(n)
		}
	}
	for m, names := range map[time.Month]string{
		time.January: "january jan janurary janaury january's ionawr", time.February: "february feb febuary feburary febrary chwefror febuari", time.March: "march mar marc mrch",
		time.April: "april apr apirl aprl ebrill", time.May: "may mai", time.June: "june jun mehefin", time.July: "july jul jully gorffennaf", time.August: "august aug augst agust awst",
		time.September: "september sept sep septmber setember medi", time.October: "october oct ocotber octber hydref", time.November: "november nov novmber tachwedd", time.December: "december dec decmber rhagfyr",
	} {
		for _, n := range strings.Fields(names) {
			months[n] = m
			known.id(n)
		}
	}
	for w := range partOfDay {
		known.id(w)
	}
	for _, w := range []string{"morn", "morns", "nicht"} { // Scots
		known.id(w)
	}
}

// partOfDay are words that say when on a day and leave the day as it is.
var partOfDay = set("morning mornings afternoon afternoons evening evenings night nights lunchtime lunch dinnertime teatime noon midday midnight early late first thing am pm bore prynhawn nos")

// dateSpellings are short forms and dialect that only stand for these words
// where a day is asked for.
var dateSpellings = map[string]string{"nxt": "next", "nex": "next", "wkend": "weekend", "wknd": "weekend", "tomorrae": "tomorrow", "tomorra": "tomorrow", "morra": "tomorrow", "tmorrow": "tomorrow", "fortnite": "fortnight", "cause": "because"}

// spellDays puts them into the words that the reader knows.
func spellDays(t []token) []token {
	for i := range t {
		if w, ok := dateSpellings[t[i].text]; ok && t[i].kind == wordToken {
			t[i].text, t[i].id = w, known.ids[w]
		}
	}
	return t
}

// verbS gives the "is" of "the market's on Wednesday" a word of its own, which it
// is right before a day.
func verbS(f folded, t []token) []token {
	var out []token
	done := 0
	for i := 0; i+1 < len(t); i++ {
		k := i + 1
		for k < len(t) && beforeDay[t[k].text] {
			k++
		}
		if t[i].kind != wordToken || unitMinutes[t[i].text] > 0 || k == len(t) || dayNames[t[k].text] == "" || dayNames[t[i].text] != "" || !strings.HasSuffix(f.text[t[i].from:t[i].to], "'s") || t[i+1].from == t[i].from {
			continue
		}
		out = append(append(out, t[done:i+1]...), token{text: "is", id: known.id("is"), from: t[i].from, to: t[i].to})
		done = i + 1
	}
	if done == 0 {
		return t
	}
	return append(out, t[done:]...)
}

// beforeDay are words between the "is" and its day.
var beforeDay = set("on this next every always only a the")
