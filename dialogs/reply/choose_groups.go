package reply

import (
	"slices"
	"strings"
)

// gist is what a label says, without articles and with each word in the form
// that its other forms share: "Keep it" and "keeping it" are "keep".
func gist(words []shape) string {
	var out []byte
	for i := range words {
		w := &words[i]
		if gistless[w.text] {
			continue
		}
		if len(out) > 0 {
			out = append(out, ' ')
		}
		if w.number {
			out = append(out, w.key...)
		} else {
			out = append(out, w.stem...)
		}
	}
	return string(out)
}

var gistless = set("a an the it my your me us please i want to would like we")

// phrase is one phrase of a group.
type phrase struct {
	group int
	words []shape
}

// thesaurus are phrases that mean the same where they are a choice.
type thesaurus struct {
	// of finds the groups that hold a phrase, by its gist.
	of map[string][]int
	// by are the phrases by the key of their first word.
	by map[string][]phrase
	// denials are, by group, what stands behind the not of its phrases.
	denials map[int][][]shape
}

// sensesOf finds the groups that hold a single word, by its stem.
var sensesOf = map[string][]int{}

// groups are phrases that mean the same where they are a choice, one group a
// line. A label that is one of them may be named by all of its group. In a group
// behind ~ the single words mean the same within a label, too. Scripts name more.
var groups = func() thesaurus {
	th := thesaurus{map[string][]int{}, map[string][]phrase{}, map[int][][]shape{}}
	n := 0
	for line := range strings.SplitSeq(strings.TrimSpace(`
done|finished|smashed it|managed that|cracked it|been there done that|completed|complete|achieved|managed it|i managed|managed to do it|managed to|have managed|have managed it|i did|did it|all sorted|sorted|ticked off|ticked it off|ticked that off|nailed it|got it done|did that|did them|been and done|done and dusted|crossed it off|mission accomplished|accomplished|i have been|all of it|did the lot|did all|did do it|did it all|done it all|the lot|the whole lot|whole lot|did the whole lot|done the whole lot|the whole thing|every bit|every bit of it|every last bit|every single bit|everything|everything on the list|did everything
partly|partially|half|half way|halfway|half of it|some of it|a bit of it|bit of it|bits of it|most of it|part of it|parts of it|did some|did a bit|did bits|did most|did part|made a start|started|started it|begun|began|got some of it|part way|part of the way|in part|bit by bit|half and half|half done|part done|half finished|half did|a bit|just a bit|a little bit|a little|almost half|nearly all|almost all|nearly all of it|almost all of it|nearly half|half of|some|only some|only a bit|just a bit|bits and bobs|bits|first bit|first part|a little of it|not all of it|not all|a fair bit|a fair bit of it|quite a bit|quite a bit of it|a good bit of it|about half
not yet|nope|have not|did not|has not|had not|could not|not done it|not started|still to do|still not|forgot|forgotten|never got round|never did|never managed|yet to do|slipped my mind|keep forgetting|kept forgetting|too poorly|too ill|too busy|too tired|went out of my head|still need to|still got to|still have to|got to do it|not had chance|not had a chance|not had time|not had the chance|not got round|no chance|not managed|not so far|not this week|next week maybe|maybe next week|still waiting|not happened|not begun|no time|ran out of time|not been able|i will do it soon|about to|on my list|on my to do list|to do list|on the list|to be done
no longer right|gone off|changed my mind|changed me mind|not for me|do not want|not right any more|not right for me|not right now|not what i want|not something i want|not what i need|does not fit|not my thing|not my cup of tea|not my bag|not my scene|no longer want|things have changed|not the right|not suitable|does not suit|no use to me|given up on it|gave up on it|not relevant|does not feel right|wrong step|want something else|moved on from it|past that|lost interest|not interested|do not fancy|no longer relevant|no longer for me|no longer needed|no longer fits
keep|same|stay same|leave as it is|as it is|carry on with it|stick with it|stay with it|stay as we are|hang on to it|still right
make smaller|shrink|smaller|easier|littler|cut it down|less of it|make it small|too big|make it easier|simpler|scale it down|scale it back|break it down|tone it down|less|a bit less|bit less|a little less|make it less|not so much|not as much|too much for me|too much in one go|too big for me|a smaller one
change it|change|something else|something different|different|another one|swap|swap it|a new one|try something else|another thing|switch|a different one|alter it
let it go|drop it|drop|scrap|bin it|forget it|give it up|leave it out|get rid|ditch it|leave it|let go of it|forget about it|do not want to do it|do not want to do it any more|do not want it any more|not for me any more|done with it|had enough of it|lose it
1 week|7 days|one wk
2 weeks|fortnight|14 days|couple of weeks|two wks
3 weeks|21 days
4 weeks|a month|month|one month|28 days|1 month
6 weeks|month and a half
1 day|a day|24 hours
until i say|until further notice|no end date|until i tell you|until you hear from me|until i get back to you|until i get in touch|until i let you know|i will let you know|i will tell you|until i am ready|until i am back|open ended|indefinitely|until i ask|until i shout|until i message|until i text|until i write|when i am ready|i will say when|for the foreseeable
~ morning|mornings|before lunch|before noon|before midday|before 12|breakfast time|first thing|early doors|a m|am|morn|early on|forenoon
~ afternoon|afternoons|after lunch|after dinner|pm|p m|arvo|aft|after midday
~ evening|evenings|after tea|after work|eve|eves|tea time|night time|nighttime|late on|pm|p m|at night
~ lunchtime|lunch|midday|noon|dinner time|dinnertime|lunch time
~ better|improved|improving|on the up|up a bit|on the mend|brighter|picking up|looking up
~ worse|gone down|gone downhill|down a bit|not as good|going downhill|deteriorated|poorer|rougher
same|the same|no change|no different|unchanged|about as before|about the same|same as before|same as ever|as before|same as last time|same as usual|no better no worse|no better or worse|not better not worse|not better but not worse|not better or worse|not worse not better|not worse but not better|neither better nor worse|not changed|has not changed|much of a muchness|as was|as i was|level
~ weekly|every week|once a week|each week|every single week|one a week
~ fortnightly|every two weeks|every 2 weeks|every fortnight|once a fortnight|every other week|each fortnight|every second week|biweekly|bi weekly|alternate weeks|two weekly|2 weekly
~ monthly|every month|once a month|each month|every 4 weeks|every four weeks|one a month
~ daily|every day|each day|once a day
not now|later|another time|some other time|another day|not today|maybe later|not at the moment|not just now|not right now|in a bit
yes now|now|right now|straight away|right away|go ahead
~ alone|on my own|by myself|just me|on my tod|solo|own|myself|just myself|on me tod|on me own|by my own|on my lonesome|by my lonesome
~ phone call|call|phone|telephone|ring|bell|on the phone|by phone|over the phone|give me a ring|give me a call|speak on the phone|mobile|landline|give us a ring|give us a call|give us a bell|give me a bell|give me a buzz|give us a buzz|give me a tinkle|give us a tinkle|ring me|phone me|call me
~ text|message|sms|by message|text message|whatsapp
~ email|e mail|by email
~ video call|video|zoom|facetime|skype|teams|whatsapp video|video on whatsapp|video chat|face time
~ letter|post|by post|in writing
~ visit|home visit|come round|in person|face to face|come and see me|come to see me|come and visit|come over|call round|come to my house|see me|pop round|pop in|at home|at mine|my house|face 2 face|f2f|see someone|see somebody|see someone face to face|see somebody face to face|see someone face 2 face|see someone in person|see somebody in person|in the flesh
fresh start|start fresh|start again|start over|from scratch|begin again|anew|new start|clean slate|start afresh|begin afresh|wipe the slate clean
pick up where we were|carry on|where we left off|continue|resume|where i was|go on|pick it up|carry on from before|same as before
keep going|carry on|continue|go on|keep at it|keep on|crack on|stay as i am|press on|plod on|keep it up|carry on as we are|not stopping
take a break|have a break|a break|need a break|pause|rest|a rest|time off|breather|time out|step back|have a rest|take a rest|have a pause
~ talk|speak|chat|word|talk it over|talk it through
not sure|unsure|maybe|perhaps|do not know|no idea|not certain|undecided|uncertain|no clue|not decided|cannot decide|can not decide|could not say|have not decided|in two minds|on the fence|not made my mind up|not made up my mind
~ very|a lot|lots|loads|extremely|really|massively|very much|hugely
a little|a bit|slightly|somewhat|little bit|a tad|a touch|not much|a wee bit
not at all|none|none at all|not one bit|not a bit|nothing|zero|not in the slightest|not in the least|never|no not
all the time|always|constantly|every time|non stop
sometimes|now and then|now and again|occasionally|some of the time|on and off|once in a while|from time to time|here and there
never|not ever|not once
often|frequently|most days|a lot of the time|much of the time|regularly
~ someone else|somebody else|another person|other person|a different person|other people|anyone else
something else|other|another thing|none of these|none of those|none of them
~ friend|mate|pal|buddy|friends
~ group|others|other people|class|club
~ family|relatives|relations|kin
~ daughter|girl
~ son|lad|boy
~ husband|hubby|partner|other half
~ wife|missus|partner|other half
~ walking|walk|stroll|ramble|rambling|hike|hiking|strolling|on foot|foot|on my own two feet|shanks pony
~ gardening|garden|allotment|planting|growing|plants
~ art|arts|painting|drawing|crafts|paint|craft
~ singing|choir|sing
~ swimming|swim|pool
~ cooking|cookery|baking|cook
~ music|songs
~ exercise|fitness|keep fit|gym
~ reading|books|read|library
~ company|loneliness|lonely|people|seeing people|do not see anybody|do not see anyone|never see anyone|never see anybody|no one to talk to|nobody to talk to|on my own all day|on my own all the time|isolated
~ money|debt|debts|finances|bills|finance|cash|benefits|can not pay my bills|can not pay the bills|can not pay the rent|skint|hard up|in debt|short of money|brassic
~ housing|house|home|flat|accommodation|landlord
~ health|medical
~ work|job|jobs|employment
~ bus|by bus
~ car|drive|driving|lift|by car|a lift|getting a lift|get a lift|drive me
~ train|by train|rail
~ much|lots|loads|lot|far|way|miles|tons|massively|hugely
~ bit|little|slightly|somewhat|tad|touch|wee
~ meet|see|catch up
~ indoors|inside
~ outdoors|outside
~ small|little|tiny
~ big|large|huge
~ easy|simple
~ hard|difficult|tough
~ good|great|fine|well
~ bad|poor|awful|rotten|terrible
~ quiet|peaceful|calm
~ new|different|another
~ tea|cuppa|brew|cup of tea|char
~ lunch|dinner|midday meal
~ football|footie|footy|soccer
~ knitting|knit|crochet|sewing
~ dancing|dance
~ games|bingo|quiz|cards
~ volunteering|volunteer|helping out
~ computer|computers|online|internet|website
~ ok|okay|alright|all right|fine|not bad|so so|fair
~ pub|inn|boozer
~ church|chapel|mosque|temple
~ doctor|gp|surgery
~ pain|sore|aches|ache|hurting|hurts|in agony|agony
~ sleep|sleeping|not sleeping|not been sleeping|not slept|can not sleep|could not sleep|do not sleep|never sleep|no sleep|can not get to sleep|can not get off to sleep|insomnia|awake all night|up all night|lying awake|lie awake|lay awake|waking up
~ food|eating|meals|not eating|no appetite|appetite
~ energy|no energy|tired|tiredness|fatigue|exhausted|shattered|knackered|worn out|always tired|tired all the time|no oomph
~ mood|feel low|feeling low|feel down|feeling down|low mood|depressed|anxious|down in the dumps|fed up|spirits
~ taxi|cab|minicab|uber
none of it|did none|did none of it|nothing at all|did not do any|did not do any of it|nothing done|did nothing
with family|family|with my daughter|with my son|with my sister|with my brother|with my husband|with my wife|with my mum|with my dad|with my partner|with my grandson|with my granddaughter|with the kids|with the grandkids|with the family|with my family|with my niece|with my nephew|with my cousin|with our kid
nobody yet|no one yet|not told anyone|not told anybody|not anyone yet|no one so far|nobody so far
very sure|certain|positive|100 percent|dead sure|absolutely sure|totally sure|completely sure|dead certain|no doubt|no doubt at all|absolutely certain
fairly sure|quite sure|pretty sure|reasonably sure|more or less sure|mostly sure|fairly certain|quite certain|pretty certain
read it now|right now|show me|show me now|let me see|let me see it|straight away|read it
send it later|later|later on|another time|send it tonight|send it tomorrow|in a bit
talk to someone|talk to somebody|speak to someone|speak to somebody|speak with someone|speak with somebody|chat to someone|chat to somebody|chat with someone|talk with someone|talk to a person|speak to a person|speak to a human
finish for today|finish today|finished for today|done for today|that is me done|that is me for today|enough for today|call it a day|stop for today|leave it there for today|stop there|stop here|stop there for now|stop for now|finish there
`), "\n") {
		line, hasSenses := strings.CutPrefix(line, "~ ")
		for text := range strings.SplitSeq(line, "|") {
			words := shapesOf(nameWords(text))
			th.add(n, words)
			if hasSenses && len(words) == 1 && words[0].kind == wordToken {
				sensesOf[words[0].stem] = append(sensesOf[words[0].stem], n)
			}
		}
		n++
	}
	return th
}()

func (th *thesaurus) add(group int, words []shape) {
	if g := gist(words); g != "" && !slices.Contains(th.of[g], group) {
		th.of[g] = append(th.of[g], group)
	}
	first := words[0].key
	th.by[first] = append(th.by[first], phrase{group, words})
	if rest := denial(words); rest != nil && words[0].text == "not" {
		th.denials[group] = append(th.denials[group], rest)
	}
}
