package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// aliases bring spellings, short forms and dialect to the words that the rules
// are written in. Both "dont" and "don't" are "do not".
var aliases = table(`
dont=do not|dnt=do not|doesnt=does not|didnt=did not|didny=did not|dinnae=do not|isnt=is not|wasnt=was not|arent=are not|aint=is not
werent=were not|hasnt=has not|havent=have not|havnt=have not|avent=have not|hadnt=had not|wont=will not|cant=can not|carnt=can not
cnt=can not|cannot=can not|cannae=can not|canny=can not|cudnt=could not|couldnt=could not|wouldnt=would not|wudnt=would not
shouldnt=should not|mustnt=must not|neednt=need not|shant=will not|nt=not|dosent=does not|dosnt=does not|didint=did not|couldent=could not
im=i am|ive=i have|id=i would|youre=you are|youve=you have|theyre=they are|theyve=they have|weve=we have|hes=he is|shes=she is
thats=that is|whats=what is|whos=who is|theres=there is|heres=here is|its=it is|itll=it will|thatll=that will|iam=i am
wanna=want to|wana=want to|gonna=going to|gunna=going to|gona=going to|gotta=got to|hafta=have to|oughta=ought to|outta=out of|outof=out of|outa=out of|outofa=out of|outov=out of|oot=out|otu=out
kinda=kind of|evry=every|evrey=every|eveyr=every|evey=every|wekly=weekly|weekley=weekly|dayly=daily|mornin=morning|evenin=evening|wance=once|yince=once|wonce=once|twise=twice|sorta=sort of|lemme=let me|gimme=give me|dunno=do not know|duno=do not know|dno=do not know|idk=do not know|dk=do not know
u=you|ya=you|yous=you|r=are|ur=your|yr=your|thru=through|gissa=give us a|gizza=give us a|fone=phone|fones=phones|wots=what is|wats=what is|didnae=did not|wisnae=was not|wisny=was not|couldnae=could not|wouldnae=would not|isnae=is not|hasnae=has not|willnae=will not|dinny=do not|havnae=have not|canna=can not|shouldnae=should not|mair=more|fae=from|frae=from|gie=give|stp=stop|pls=please|plz=please|plse=please|pleas=please|plase=please|plese=please|pleese=please
cos=because|coz=because|cuz=because|bc=because|bcos=because|becuase=because|becos=because|w/o=without|tho=though|altho=although
thx=thanks|thanx=thanks|ta=thanks|tx=thanks|ty=thanks|fanks=thanks|msg=message|msgs=messages|txt=text|txts=texts|txting=texting|mssg=message
tmrw=tomorrow|tmr=tomorrow|tmw=tomorrow|tmoro=tomorrow|tomoz=tomorrow|tomos=tomorrow|tomo=tomorrow|tomoro=tomorrow|tomrw=tomorrow|tmoz=tomorrow|2mro=tomorrow|tmro=tomorrow|tomz=tomorrow|2moro=tomorrow|2morrow=tomorrow|2mrw=tomorrow|2moz=tomorrow
tomorow=tomorrow|tommorow=tomorrow|tommorrow=tomorrow|tomorro=tomorrow|tomorrw=tomorrow|tommorro=tomorrow|morra=tomorrow
2day=today|2nite=tonight|tonite=tonight|2night=tonight|tonigt=tonight|todya=today|tday=today|b4=before|l8r=later|gr8=great|m8=mate|w8=wait|4ever=forever|4eva=forever
neighbor=neighbour|neighbors=neighbours|favorite=favourite|center=centre|lil=little|anymore=any more|nomore=no more|alot=a lot|abit=a bit|infact=in fact|aswell=as well|eachother=each other|noone=no one|everytime=every time
av=have|ave=have|hav=have|hve=have|wen=when|wiv=with|wid=with|n=and|nd=and|luv=love|sum1=someone|some1=someone|any1=anyone|every1=everyone|no1=no one|sumone=someone|somone=someone|someome=someone|sumbody=somebody
cn=can|wud=would|shud=should|cud=could|woud=would|wld=would|shld=should|cld=could|wot=what|wat=what|wha=what|dat=that|dis=this|da=the|teh=the|hte=the|tge=the|da=the
summat=something|sumthing=something|somethin=something|nothin=nothing|nuthin=nothing|nufin=nothing|nowt=nothing|owt=anything|meself=myself|naebody=nobody|naebdy=nobody|naeboby=nobody|nobdy=nobody|nobudy=nobody|mesel=myself|mysen=myself|myelf=myself|mysef=myself|myslef=myself|mself=myself
kmss=kms|wos=was|woz=was|jus=just|enuf=enough|enuff=enough|nuff=enough|livin=living|diee=die|dieee=die|daed=dead|deaad=dead|ded=dead|wnna=want to|wanan=want to|waana=want to|wantto=want to|wantta=want to|exsist=exist|strangel=strangle|overdoes=overdose|tabelts=tablets|tablats=tablets|piils=pills|pils=pills|hert=hurt|hrut=hurt|myselff=myself|misself=myself|kiill=kill|shing=self harming|shd=self harmed|okk=ok|oot=out|darent=dare not|kil=kill|kll=kill|kiil=kill|dei=die|dieing=dying|dyin=dying|diying=dying|deing=dying|goin=going|cuttin=cutting|hurtin=hurting|hittin=hitting|beatin=beating|takin=taking|feelin=feeling|thinkin=thinking|bein=being|doin=doing|breathin=breathing
wnt=want|wanit=want it|wan=want|wantt=want|wnat=want|watn=want|alwys=always|alwais=always
wk=week|wks=weeks|yrs=years|hrs=hours|hr=hour|mins=minutes|mth=month|mths=months|nite=night|yday=yesterday|yest=yesterday|yesturday=yesterday
atm=at the moment|rn=right now|asap=as soon as possible|tbh=to be honest|imo=in my opinion|omg=oh my god|pt=point|pts=points
prob=probably|probs=probably|prolly=probably|probly=probably|defo=definitely|deffo=definitely|definately=definitely|def=definitely|defs=definitely|defintely=definitely|obvs=obviously
uno=you know|thatd=that would|itd=it would|youd=you would|theyd=they would|dun=done|dint=did not|didn=did not|dident=did not|didt=did not|nothings=nothing is|anythings=anything is|tha=you|thas=you have|reet=right|everythings=everything is|yse=yes|eys=yes|fraid=afraid|gis=give us|hlp=help|cba=can not be bothered|yesyes=yes|nono=no|giz=give us|gies=give us|dae=do|txtin=texting|textin=texting|messagin=messaging|msgin=messaging|nae=no|dinna=do not|didna=did not|wasna=was not|cudny=could not|wouldny=would not|isny=is not|havny=have not|havenae=have not|yess=yes|yesh=yes|ys=yes|yed=yes|yea=yeah|yeha=yeah|yaeh=yeah|eyah=yeah|yeahh=yeah|yh=yeah|yeh=yeah|npoe=nope|noep=nope|nop=nope|nto=not|noy=not|nit=not|ont=not|helpp=help|hlep=help|hepl=help|maself=myself|masel=myself|mysell=myself|yersel=yourself|yerself=yourself|himsel=himself|hersel=herself|tae=to|ae=of|yer=your|dyou=do you|dya=do you|dyu=do you|jist=just|jst=just|nicht=night|heid=head|deid=dead|hoose=house|hame=home|doon=down|aff=off|airm=arm|airms=arms|wid=would|wis=was|weans=kids|wean=kid
stpo=stop|sotp=stop|stopp=stop|pasue=pause|puase=pause|skp=skip|humman=human|persn=person|perosn=person
`)

func table(s string) map[string][]string {
	m := map[string][]string{}
	for _, line := range strings.Fields(strings.NewReplacer("|", "\n", " ", "~").Replace(s)) {
		from, to, ok := strings.Cut(line, "=")
		if !ok {
			panic("aliases: " + line)
		}
		words := strings.Split(to, "~")
		for _, w := range words {
			known.id(w)
		}
		m[from] = words
	}
	return m
}

// suffixes are what people write right behind a number.
var suffixes = set("st nd rd th ish am pm h hr hrs mg mcg ml g kg k km m min mins s sec p d yr yrs yo x pc st pt pts ft cm mm l lb lbs oz w wk wks n day days week weeks")

// sIs are the words after which 's means "is" or "has".
var sIs = set("mum mam mom dad nan gran grandad wife husband son daughter brother sister friend neighbour partner boyfriend girlfriend grandson granddaughter baby mate tonight today now it he she that what who there here how where when everything nothing everyone")

// faceWords gives the emoji that say something a word.
var faceWords = map[rune]string{
	'👍': ":yes", '👌': ":yes", '✅': ":yes", '✔': ":yes", '☑': ":yes", '🆗': ":yes", '💯': ":yes",
	'👎': ":no", '❌': ":no", '✖': ":no", '🚫': ":no", '🙅': ":no",
	'🔪': ":knife", '🗡': ":knife", '🔫': ":gun", '💊': ":pills", '☠': ":dead", '💀': ":dead", '⚰': ":coffin", '🪦': ":coffin", '🪢': ":rope", '🩸': ":blood", '🆘': ":sos",
	'🛑': ":stop", '✋': ":stop", '⏸': ":pause", '⏭': ":skip",
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func firstRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

func letterRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func symbolAt(s string, i int) bool {
	if s[i] < utf8.RuneSelf || !utf8.RuneStart(s[i]) {
		return false
	}
	r, _ := firstRune(s[i:])
	return !letterRune(r)
}
