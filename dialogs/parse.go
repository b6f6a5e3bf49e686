package dialogs

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	stepName  = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	valueName = regexp.MustCompile(`^[!-~]{1,32}$`) // fits the data of a button beside its token
	clockTime = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)
)

// reader turns one file into a script.
type reader struct {
	*faults
	facts  map[string]Kind
	script *Script
	vocabulary
}

// readScript compiles one script file as far as it can be without the others.
func readScript(file string, source []byte, facts map[string]Kind, f *faults) *Script {
	root, ok := parseYAML(file, source, f)
	if !ok {
		return nil
	}
	o, ok := root.object("a script", scriptKeys)
	if !ok {
		return nil
	}
	s := &Script{file: file, at: root.pos, index: make(map[string]int), vars: make(map[string]Kind)}
	r := &reader{faults: f, facts: facts, script: s}
	s.name = o.get("script").text("script")
	if want := strings.TrimSuffix(file, ".yaml"); s.name != want {
		f.add(o.get("script").pos, "script: the name is the same as the file's, %q", want)
		s.name = want
	}
	readFormat(o)
	s.language = o.get("language").text("language")
	if s.language == "" {
		f.add(o.pos, "language is missing, such as \"language: en\"")
	}
	if s.about = o.get("about").text("about"); s.about == "" {
		f.add(o.pos, "about is missing: say in a line what the script is for")
	}
	s.checkin = o.get("checkin").yes("checkin")
	if vars := o.get("vars"); vars.present() {
		if list, ok := vars.object("vars", nil); ok {
			for _, e := range list.entries {
				r.declare(e)
			}
		}
	}
	r.given(o.get("given"))
	r.vocabulary = newVocabulary(s.vars, facts)
	s.lint = r.waivers(o.get("lint"))
	s.remind = r.remind(o.get("remind"))
	s.timeout = r.timeout(o.get("timeout"))
	steps := o.get("steps")
	if !steps.present() {
		f.add(o.pos, "steps are missing")
		return s
	}
	for _, n := range steps.list("steps") {
		r.step(n)
	}
	if len(s.steps) == 0 {
		steps.fault("a script has at least one step")
	}
	r.resolve()
	r.readMapping(o)
	return s
}

// given reads which variables are filled before the script starts.
func (r *reader) given(n node) {
	if !n.present() {
		return
	}
	for _, item := range n.list("given") {
		name := item.text("given")
		if _, isVar := r.script.vars[name]; !isVar {
			item.fault("given: %q is not one of the variables", name)
			continue
		}
		r.script.filled = append(r.script.filled, name)
	}
}

// readFormat checks the version of the language that a file is written in.
func readFormat(o object) {
	n := o.get("format")
	if n.number("format", 0) != 1 {
		n.fault("format: this program reads \"format: 1\"")
	}
}

func (r *reader) declare(e entry) {
	kind := e.text("the kind of a variable")
	switch {
	case !slotName.MatchString(e.key):
		r.add(e.at, "%q: a variable is small letters, digits and _", e.key)
	case slices.Contains(hostWords, e.key) || e.key == "missed" || e.key == "known" || e.key == "forget":
		r.add(e.at, "%q is a word of the language and cannot be a variable", e.key)
	case r.facts[e.key] != "":
		r.add(e.at, "%q is a fact; a variable needs another name", e.key)
	case !slices.Contains(varKinds, kind):
		e.fault("a variable is %s", oneOf(varKinds))
	default:
		r.script.vars[e.key] = Kind(kind)
	}
}

func (r *reader) remind(n node) *remind {
	if !n.present() {
		return nil
	}
	o, ok := n.object("remind", remindKeys)
	if !ok {
		return nil
	}
	return &remind{after: r.duration(o.get("after")), say: r.words(o.get("say"), "say", o.pos), tags: r.tags(o.get("tags"))}
}

func (r *reader) timeout(n node) *timeout {
	if !n.present() {
		return nil
	}
	o, ok := n.object("timeout", timeoutKeys)
	if !ok {
		return nil
	}
	t := &timeout{after: r.duration(o.get("after")), to: r.target(o.get("go"))}
	if t.to.name == "" {
		t.to.name = endName
	}
	return t
}

func (r *reader) duration(n node) time.Duration {
	d, err := time.ParseDuration(n.text("after"))
	if err != nil || d <= 0 {
		n.fault("after: a time such as 48h or 30m")
	}
	return d
}

// words reads a text for people and checks its names and its questions.
func (r *reader) words(n node, what string, missing pos) *words {
	if !n.present() {
		r.add(missing, "%s is missing", what)
		return &words{own: template{text: []string{""}}}
	}
	w := &words{source: n.words(what), at: n.pos}
	t, bad := parseTemplate(w.source)
	if bad != "" {
		n.fault("%s: %s is not a name to put in; a name is small letters, digits and _", what, bad)
		t = template{text: []string{""}}
	}
	if slot, want := t.miscounted("en"); slot != "" {
		n.fault("%s: %s has another number of words than English counts by: %d, such as {n|week|weeks}", what, slot, want)
	}
	for i, name := range t.names {
		kind, isName := r.kinds[name]
		switch {
		case t.forms[i] != nil && kind != Number:
			n.fault("%s: {%s|...} goes with a number, and %s is none", what, name, name)
		case kind == Series:
			n.fault("%s: {%s} is a series; set a variable to latest(%s) or the like", what, name, name)
		case !isName && !slices.Contains(hostWords, name):
			n.fault("%s: unknown name {%s}%s", what, name, nearest(name, r.names()))
		}
	}
	if strings.Count(w.source, "?") > 1 {
		n.fault("%s: two questions in one message; ask them one after the other", what)
	}
	w.own = t
	return w
}

func (r *reader) names() []string {
	names := slices.Clone(hostWords)
	for name := range r.kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (r *reader) target(n node) target {
	return target{name: n.text("go"), at: n.pos}
}

// step reads one step and appends it.
func (r *reader) step(n node) {
	raw, ok := n.object("a step", nil)
	if !ok {
		return
	}
	var does verb
	var known []string
	for _, v := range verbs {
		if raw.get(string(v.verb)).present() {
			does, known = v.verb, v.keys
			break
		}
	}
	if does == "" {
		n.fault("a step does one thing: %s", oneOf(verbNames()))
		return
	}
	o, ok := n.object("a step that has \""+string(does)+"\"", append(slices.Clone(commonKeys), known...))
	if !ok {
		return
	}
	s := &step{does: does, at: o.pos, id: o.get("id").text("id"), to: r.target(o.get("go"))}
	s.path = r.script.name + "/" + s.id
	if at, twice := r.script.index[s.id]; twice {
		o.get("id").fault("the id %q is used already in line %d", s.id, r.script.steps[at].at.line)
	}
	switch {
	case s.id == "":
		n.fault("the step has no id")
	case !stepName.MatchString(s.id):
		o.get("id").fault("id: small letters, digits and -, starting with a letter")
	case s.id == remindName:
		o.get("id").fault("id: %q is a word of the language; choose another", s.id)
	}
	if when := o.get("when"); when.present() {
		s.when = r.compile(when, "when", YesNo)
	}
	s.tags, s.lint = r.tags(o.get("tags")), r.waivers(o.get("lint"))
	r.fill(s, o)
	r.script.index[s.id] = len(r.script.steps)
	r.script.steps = append(r.script.steps, s)
}

func verbNames() []string {
	names := make([]string, len(verbs))
	for i, v := range verbs {
		names[i] = string(v.verb)
	}
	return names
}

// fill reads what the step's own key needs.
func (r *reader) fill(s *step, o object) {
	arg := o.get(string(s.does))
	switch s.does {
	case doSay:
		s.say = r.words(arg, "say", o.pos)
	case doAsk:
		r.ask(s, o)
	case doBranch:
		r.branch(s, o, arg)
	case doSet, doRemember:
		r.assigns(s, arg)
	case doNudge:
		name := arg.text("nudge")
		if !slices.Contains(scriptTriggers, name) {
			arg.fault("nudge: unknown trigger %q; it is %s", name, oneOf(scriptTriggers))
		}
		s.trigger = Trigger(name)
	case doSchedule:
		r.schedule(s, o, arg)
	case doCall:
		s.script = arg.text("call")
	case doPause:
		s.weeks = r.compile(arg, "pause", Number)
		if until := o.get("until"); until.present() {
			s.until = r.date(until, "until")
		}
	case doStop, doEnd:
		if !arg.yes(string(s.does)) {
			arg.fault("%s: true is the only value", s.does)
		}
	}
}

func (r *reader) branch(s *step, o object, arg node) {
	if o.get("go").present() {
		o.get("go").fault("a branch goes where its lines say; it has no go of its own")
	}
	lines := arg.list("branch")
	for i, n := range lines {
		line, ok := n.object("a branch", branchKeys)
		if !ok {
			continue
		}
		last := i == len(lines)-1
		when, otherwise := line.get("when"), line.get("else")
		switch {
		case otherwise.present() && (when.present() || line.get("go").present()):
			n.fault("a line of a branch is {when, go} or {else}")
		case otherwise.present() && !last:
			n.fault("else comes last")
		case otherwise.present():
			s.branches = append(s.branches, branch{to: r.target(otherwise)})
		case !when.present() || !line.get("go").present():
			n.fault("a line of a branch is {when, go} or {else}")
		default:
			s.branches = append(s.branches, branch{when: r.compile(when, "when", YesNo), to: r.target(line.get("go"))})
		}
	}
	if n := len(s.branches); n == 0 || s.branches[n-1].when != nil {
		arg.fault("a branch ends with {else: ID}")
	}
}

func (r *reader) assigns(s *step, arg node) {
	list, ok := arg.object(string(s.does), nil)
	if !ok {
		return
	}
	for _, e := range list.entries {
		a := assign{name: e.key, at: e.at}
		if s.does == doSet {
			a.kind = r.script.vars[e.key]
		} else {
			a.kind = r.facts[e.key]
		}
		if a.kind == "" {
			where := "a variable of this script; add it to vars"
			if s.does == doRemember {
				where = "a fact; add it to facts.yaml"
			}
			r.add(e.at, "%s: %q is not %s%s", s.does, e.key, where, nearest(e.key, r.names()))
			continue
		}
		if s.does == doRemember && strings.TrimSpace(e.text("a value")) == "forget" {
			a.forget = true
		} else {
			want := a.kind
			if want == Series {
				want = Number // one point
			}
			a.value = r.compile(e.node, e.key, want)
		}
		s.assigns = append(s.assigns, a)
	}
	if len(s.assigns) == 0 {
		arg.fault("%s: {NAME: EXPRESSION}", s.does)
	}
}
