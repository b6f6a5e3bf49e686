package reply

import "strings"

// unspell reads words that were spelled out letter by letter, "k i l l" and
// "s.u.i.c.i.d.e", or run together, "killmyself", and "2" written for "to".
// Only the reader of dangers does so: elsewhere it would find words where
// nobody hid any.
func unspell(f folded, t []token) []token {
	out := make([]token, 0, len(t))
	for i := 0; i < len(t); i++ {
		if n := letters(f, t[i:]); n > 0 {
			var run strings.Builder
			for _, l := range t[i : i+n] {
				if l.kind == wordToken {
					run.WriteString(f.text[l.from:l.to])
				}
			}
			if parts := split(run.String(), t[i].from, t[i+n-1].to); parts != nil {
				out = append(out, parts...)
			} else {
				out = append(out, t[i:i+n]...)
			}
			i += n - 1
			continue
		}
		if list := slang[t[i].text]; list != nil && t[i].kind == wordToken {
			for _, w := range list {
				out = append(out, token{text: w, id: known.ids[w], from: t[i].from, to: t[i].to, space: t[i].space})
			}
			continue
		}
		switch {
		case i+2 < len(t) && t[i].text == "w" && t[i+1].text == "/" && t[i+2].text == "o":
			out = append(out, token{text: "without", id: known.ids["without"], from: t[i].from, to: t[i+2].to, space: t[i].space})
			i += 2
			continue
		case t[i].digits == "2" && i+1 < len(t) && (t[i+1].text == "many" || t[i+1].text == "much"): // took 2 many
			t[i].kind, t[i].id, t[i].text = wordToken, known.ids["too"], "too"
		case i+1 < len(t) && torn(t[i], t[i+1]): // sui cide
			w := t[i]
			w.text += t[i+1].text
			w.id, w.to = lookup(w.text), t[i+1].to
			out = append(out, w)
			i++
			continue
		case t[i].kind == wordToken && t[i].id == 0 && len(t[i].text) >= runTogether:
			if parts := split(t[i].text, t[i].from, t[i].to); parts != nil {
				out = append(out, parts...)
				continue
			}
		case i+1 < len(t) && willOf[t[i].text] != "" && afterWill[t[i+1].text]: // ill kill him, says hell stab me
			for _, w := range []string{willOf[t[i].text], "will"} {
				out = append(out, token{text: w, id: known.ids[w], from: t[i].from, to: t[i].to, space: t[i].space})
			}
			continue
		case i > 0 && beforeTo[t[i-1].text] && (t[i].digits == "2" && t[i].suffix == "" || t[i].text == "too"):
			t[i].kind, t[i].id, t[i].text = wordToken, known.ids["to"], "to"
		}
		out = append(out, t[i])
	}
	return out
}

// willOf are short forms that are words of their own without their apostrophe,
// and afterWill the verbs that tell one from the other.
var (
	willOf    = map[string]string{"ill": "i", "hell": "he", "shell": "she"}
	afterWill = set("kill hurt stab do be end find take cut put not never burn smash die jump go get break finish hit batter have need always hang drown beat leave make come shoot regret ring call phone tell ask let see try think say text email message write walk drive catch wait stick pick choose give contact")
)

// spelledWill opens the "ill" of "ill ring you", which is no illness. Readers of
// dangers do more, with unspell.
func spelledWill(t []token) []token {
	var out []token
	done := 0
	for i := 0; i+1 < len(t); i++ {
		if t[i].text != "ill" || !afterWill[t[i+1].text] || i > 0 && beforeIll[t[i-1].text] || i+2 < len(t) && t[i+2].text == "me" {
			continue
		}
		out = append(out, t[done:i]...)
		for _, w := range []string{"i", "will"} {
			out = append(out, token{text: w, id: known.id(w), from: t[i].from, to: t[i].to, space: t[i].space})
		}
		done = i + 1
	}
	if done == 0 {
		return t
	}
	return append(out, t[done:]...)
}

// beforeIll are words that make somebody ill.
var beforeIll = set("am is are was were be been being get getting got gets feel feels feeling felt too so very really quite still fell fall taken look looks mentally not that as the if when")

// torn tells a word of danger that was written in two.
func torn(a, b token) bool {
	if a.kind != wordToken || b.kind != wordToken || a.id != 0 && a.plainText() == a.text || b.id != 0 && b.plainText() == b.text || len(a.text)+len(b.text) < 6 {
		return false
	}
	id := lookup(a.text + b.text)
	return id != 0 && roots[known.words[id]]
}

// runTogether is the shortest unknown word that is tried as several.
const runTogether = 6

var beforeTo = set("want wanted going need like love ready trying have got hope able ought used wish try tried about plan planning got threatening nothing reason")

// longestSpelled is how many single letters are tried as words at once.
const longestSpelled = 40

// letters tells how many tokens, from the first, are single letters with at
// most one mark between them; fewer than three are no word.
func letters(f folded, t []token) int {
	n, count := 0, 0
	for i := 0; i < len(t) && count < longestSpelled; i++ {
		switch {
		case t[i].kind == wordToken && t[i].to-t[i].from == 1 && (i == 0 || t[i].from >= t[i-1].to):
			n, count = i+1, count+1
			continue
		case t[i].kind == markToken && i > 0 && t[i-1].kind == wordToken && strings.Contains(".-*_/+", t[i].text):
			continue
		}
		break
	}
	if count < 3 {
		return 0
	}
	return n
}

// roots are the words that make it worth taking a run of letters apart.
var roots = set("kill killing myself suicide suicides suicidal die dying dead want wanna end ending life harm hurt hang overdose goodbye burden living alive cut cutting kms ctb kys selfharm selfharming")

// split takes a run of letters apart into words that rules know, the fewest
// there are; nil when that cannot be done or gives nothing to do with danger.
func split(run string, from, to int) []token {
	if len(run) > longestSpelled {
		return nil
	}
	type step struct{ words, prev int }
	best := make([]step, len(run)+1)
	for i := 1; i <= len(run); i++ {
		best[i] = step{words: 99}
		for j := max(0, i-12); j < i; j++ {
			w := run[j:i]
			if best[j].words >= 99 || len(w) == 1 && w != "i" && w != "u" || known.ids[w] == 0 && aliases[w] == nil {
				continue
			}
			if best[j].words+1 < best[i].words {
				best[i] = step{best[j].words + 1, j}
			}
		}
	}
	if best[len(run)].words > 8 {
		return nil
	}
	var parts []token
	rooted := false
	for i := len(run); i > 0; i = best[i].prev {
		w := run[best[i].prev:i]
		rooted = rooted || roots[w]
		list := aliases[w]
		if list == nil {
			list = []string{w}
		}
		for k := len(list) - 1; k >= 0; k-- {
			parts = append(parts, token{text: list[k], id: known.ids[list[k]], from: from, to: to})
		}
	}
	if !rooted {
		return nil
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return parts
}

// slang are spellings by ear and by thumb that are other words, or none,
// elsewhere; the reader of dangers alone takes them for these.
var slang = table(`
youll=you will|theyll=they will|youd=you would|theyd=they would|suidical=suicidal|suicidle=suicidal|sucidle=suicidal|bout=about|feart=scared|hed=he would|lifes=life is
b=be|ere=here|nemore=any more|anymor=any more|nomor=no more|agen=again|agn=again|sumthin=something|summit=something|nuffin=nothing|nufink=nothing|wantin=wanting|killin=killing|hangin=hanging|drownin=drowning|starvin=starving|eatin=eating|sleepin=sleeping
suisidle=suicidal|suisidal=suicidal|suacidal=suicidal|suecidal=suicidal|sooisidal=suicidal|suisidul=suicidal|soocidal=suicidal|slef=self|sefl=self|selff=self|hram=harm|hramed=harmed|beet=beat|bete=beat|pane=pain|payn=pain|pian=pain|panes=pains|chist=chest
breeth=breathe|breave=breathe|breth=breath|breev=breathe|breatheing=breathing|brething=breathing|breavin=breathing|husbnd=husband|husbend=husband|hubs=husband|scard=scared|scaird=scared|punchd=punched|puncht=punched|kickd=kicked|slapd=slapped|slapt=slapped|grabd=grabbed|pusht=pushed|pushd=pushed|chokd=choked|stabd=stabbed
h8=hate|lyf=life|lyfe=life|lfe=life|deth=death|deff=death|iv=i have|evry1=everyone|evryone=everyone|evrybody=everybody|wivout=without|witout=without|widout=without|wout=without|hosp=hospital|paras=paracetamol|parasetamol=paracetamol|painkilers=painkillers|tabletts=tablets|overdoze=overdose|ovadose=overdose
abusd=abused|bruses=bruises|bleedin=bleeding|blead=bleed|unconshus=unconscious|collapst=collapsed|hart=heart|hert=hurt|siezure=seizure|seisure=seizure|nife=knife|roap=rope|brige=bridge|trane=train|freezin=freezing|homless=homeless|voises=voices|telin=telling|tellin=telling|sayin=saying|kmn=kill me now|wnted=wanted|wanto=want to|endit=end it|thort=thought|thorts=thoughts|thots=thoughts|finking=thinking|fink=think|finkin=thinking|nuthing=nothing|nothink=nothing|cryin=crying|strugglin=struggling|copin=coping|screamin=screaming|shoutin=shouting|shakin=shaking|burnin=burning|scratchin=scratching|hidin=hiding|runnin=running|followin=following|watchin=watching|threatnd=threatened|thretened=threatened|threatend=threatened|raiped=raped|forsed=forced|lockd=locked|trapt=trapped|hungrey=hungry|foood=food|eetin=eating|eeten=eaten|etin=eating
`)
