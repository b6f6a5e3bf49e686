package dialogs

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"
)

// expression is a compiled condition or value. It runs on a map that holds the
// names it uses and no others, so that a step pays for what it reads.
type expression struct {
	source  string
	program *vm.Program
	tree    ast.Node
	// uses are the variables and facts it reads; knows those it only asks
	// about, as known.NAME.
	uses, knows []string
	// bare is the name when the expression is that name alone.
	bare string
	// constant is set when the text stands for itself ("10:00", monday).
	constant string
}

// known.NAME is one identifier to the compiler, under this prefix.
const knownPrefix = "known."

// todayName is the person's date, which due() compares with. No script can
// write this name.
const todayName = "today's date"

// vocabulary is what expressions of one script may name.
type vocabulary struct {
	kinds map[string]Kind
	env   types.Map
}

func newVocabulary(vars, facts map[string]Kind) vocabulary {
	v := vocabulary{kinds: make(map[string]Kind), env: types.Map{
		"missed": types.Float64, todayName: types.String, knownPrefix + "next_checkin": types.Bool,
	}}
	for _, m := range []map[string]Kind{facts, vars} {
		for name, kind := range m {
			v.kinds[name] = kind
			v.env[name] = typeOf(kind)
			v.env[knownPrefix+name] = types.Bool
		}
	}
	return v
}

func typeOf(k Kind) types.Type {
	switch k {
	case Number:
		return types.Float64
	case YesNo:
		return types.Bool
	case Series:
		return types.TypeOf([]Point(nil))
	default:
		return types.String
	}
}

// functions are what expressions can call beside a few pure ones of Expr.
var functions = []expr.Option{
	expr.DisableAllBuiltins(),
	expr.EnableBuiltin("len"), expr.EnableBuiltin("abs"), expr.EnableBuiltin("min"), expr.EnableBuiltin("max"),
	expr.EnableBuiltin("round"), expr.EnableBuiltin("floor"), expr.EnableBuiltin("ceil"),
	expr.EnableBuiltin("lower"), expr.EnableBuiltin("trim"),
	seriesFunction("latest", func(s []Point) float64 { return nth(s, len(s)-1) }),
	seriesFunction("first", func(s []Point) float64 { return nth(s, 0) }),
	seriesFunction("before", func(s []Point) float64 { return nth(s, len(s)-2) }),
	seriesFunction("count", func(s []Point) float64 { return float64(len(s)) }),
	seriesFunction("best", func(s []Point) float64 { return bestOf(s).Number }),
	seriesFunction("bestday", func(s []Point) string { return bestOf(s).On }),
	seriesFunction("recent", recent),
	expr.Function("weekday", func(params ...any) (any, error) {
		day, err := time.Parse(time.DateOnly, params[0].(string))
		if err != nil {
			return "", nil // an unset date has no weekday
		}
		return strings.ToLower(day.Weekday().String()), nil
	}, func(string) string { return "" }),
	expr.Function("due", func(params ...any) (any, error) {
		day, today := params[0].(string), params[1].(string)
		return day != "" && day <= today, nil
	}, func(string, string) bool { return false }),
	expr.Function("ahead", func(params ...any) (any, error) {
		days, today := params[0].(float64), params[1].(string)
		from, err := time.Parse(time.DateOnly, today)
		if err != nil || math.Abs(days) > farAhead {
			return nil, errors.New("ahead is a date at most 10 years from today")
		}
		return from.AddDate(0, 0, int(math.Round(days))).Format(time.DateOnly), nil
	}, func(float64, string) string { return "" }),
}

// farAhead bounds, in days, how far from today a script can plan.
const farAhead = 3660

// dateFunctions give dates; to Expr they are text.
var dateFunctions = []string{"ahead", "bestday"}

// todayFunctions get the person's date as one more argument.
var todayFunctions = []string{"due", "ahead"}

// recentPoints is how many numbers a person is shown at once (DOMAIN d).
const recentPoints = 4

// recent puts the latest numbers of a series into words, oldest first.
func recent(s []Point) string {
	var numbers []string
	for _, p := range s[max(0, len(s)-recentPoints):] {
		numbers = append(numbers, number(p.Number))
	}
	return strings.Join(numbers, ", ")
}

// bestOf is the latest of the highest points of a series, nothing when empty.
func bestOf(s []Point) (best Point) {
	for i, p := range s {
		if i == 0 || p.Number >= best.Number {
			best = p
		}
	}
	return best
}

func seriesFunction[T any](name string, f func([]Point) T) expr.Option {
	return expr.Function(name, func(params ...any) (any, error) { return f(params[0].([]Point)), nil }, f)
}

// nth is a number of a series, 0 beside its ends.
func nth(s []Point, i int) float64 {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i].Number
}

// namer turns known.NAME into one identifier, hands due() and ahead() the date and makes
// every number one that can have halves, so that "a ? b : 1" has one type.
type namer struct{}

// Visit implements ast.Visitor.
func (namer) Visit(n *ast.Node) {
	switch m := (*n).(type) {
	case *ast.IntegerNode:
		ast.Patch(n, &ast.FloatNode{Value: float64(m.Value)})
	case *ast.MemberNode:
		of, isName := m.Node.(*ast.IdentifierNode)
		name, isField := m.Property.(*ast.StringNode)
		if isName && isField && of.Value == "known" {
			ast.Patch(n, &ast.IdentifierNode{Value: knownPrefix + name.Value})
		}
	case *ast.CallNode:
		if f, isName := m.Callee.(*ast.IdentifierNode); isName && slices.Contains(todayFunctions, f.Value) && len(m.Arguments) == 1 {
			m.Arguments = append(m.Arguments, &ast.IdentifierNode{Value: todayName})
		}
	}
}

// collector notes the names of the finished tree.
type collector struct {
	vocabulary
	uses, knows []string
}

// Visit implements ast.Visitor.
func (c *collector) Visit(n *ast.Node) {
	id, ok := (*n).(*ast.IdentifierNode)
	if !ok {
		return
	}
	if strings.HasPrefix(id.Value, knownPrefix) {
		if !slices.Contains(c.knows, id.Value) {
			c.knows = append(c.knows, id.Value)
		}
	} else if _, isName := c.env[id.Value]; isName && !slices.Contains(c.uses, id.Value) {
		c.uses = append(c.uses, id.Value)
	}
}

// compile checks and compiles an expression that must give the wanted kind.
func (v vocabulary) compile(n node, what string, want Kind) *expression {
	source := strings.TrimSpace(n.text(what))
	if source == "" {
		n.fault("%s is empty", what)
		return nil
	}
	options := append([]expr.Option{expr.Env(v.env), expr.Patch(namer{})}, functions...)
	switch want {
	case YesNo:
		options = append(options, expr.AsBool(), expr.WarnOnAny())
	case Number:
		options = append(options, expr.AsFloat64(), expr.WarnOnAny())
	}
	program, err := expr.Compile(source, options...)
	if err != nil {
		p, message := n.pos, err.Error()
		var bad *file.Error
		if errors.As(err, &bad) {
			p, message = n.inside(bad.Line, bad.Column+1), bad.Message
		}
		n.faults.add(p, "%s: %s", what, v.explain(message))
		return nil
	}
	e := &expression{source: source, program: program, tree: program.Node()}
	c := collector{vocabulary: v}
	// The program's own tree is optimized; names are those of the source.
	if tree, err := parser.Parse(source); err == nil {
		root := tree.Node
		ast.Walk(&root, namer{})
		ast.Walk(&root, &c)
		e.tree = root
		if id, ok := root.(*ast.IdentifierNode); ok {
			e.bare = id.Value
		}
	}
	e.uses, e.knows = c.uses, c.knows
	if !v.gives(e.tree, program, want) {
		n.fault("%s: this gives %s, but a %s is wanted", what, v.kindOf(e.tree, program), want)
		return nil
	}
	return e
}

// explain puts the commonest message of the compiler into our words.
func (v vocabulary) explain(message string) string {
	if name, ok := strings.CutPrefix(message, "unknown name "); ok {
		var names []string
		for n := range v.kinds {
			names = append(names, n)
		}
		slices.Sort(names)
		name = strings.TrimPrefix(name, knownPrefix)
		return "unknown name " + name + nearest(name, names) + "; it must be a variable of this script or a fact of facts.yaml"
	}
	return message
}

var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// gives tells whether an expression has the wanted kind. Expr knows numbers
// from text; what is a date and what is a series is known by name.
func (v vocabulary) gives(tree ast.Node, p *vm.Program, want Kind) bool {
	switch want {
	case YesNo, Number:
		return true // the compiler has checked it
	case Date:
		return v.isDate(tree)
	case Text:
		return v.kindOf(tree, p) == string(Text) || v.kindOf(tree, p) == string(Date)
	case Series:
		return v.kindOf(tree, p) == string(Series)
	}
	return false
}

func (v vocabulary) isDate(tree ast.Node) bool {
	switch n := tree.(type) {
	case *ast.IdentifierNode:
		return v.kinds[n.Value] == Date
	case *ast.StringNode:
		_, err := time.Parse(time.DateOnly, n.Value)
		return err == nil
	case *ast.ConditionalNode:
		return v.isDate(n.Exp1) && v.isDate(n.Exp2)
	case *ast.CallNode:
		f, isName := n.Callee.(*ast.IdentifierNode)
		return isName && slices.Contains(dateFunctions, f.Value)
	}
	return false
}

func (v vocabulary) kindOf(tree ast.Node, p *vm.Program) string {
	if id, ok := tree.(*ast.IdentifierNode); ok {
		if kind, isName := v.kinds[id.Value]; isName {
			return string(kind)
		}
	}
	t := p.Node().Type()
	if t == nil {
		return "nothing"
	}
	switch t.Kind().String() {
	case "string":
		return string(Text)
	case "bool":
		return string(YesNo)
	case "float64", "int":
		return string(Number)
	}
	return t.String()
}

// literal is an expression that stands for itself.
func literal(text string) *expression { return &expression{source: text, constant: text} }

// evaluator is what expressions need to run: a machine, and what the expression
// at hand may read. One serves many turns, one after another.
type evaluator struct {
	vm  vm.VM
	env map[string]any
}

var evaluators = sync.Pool{New: func() any { return &evaluator{env: make(map[string]any, 8)} }}

// end gives back what the turn has borrowed, without a person's words in it.
func (t *turn) end() {
	if t.tools == nil {
		return
	}
	clear(t.tools.env)
	clear(t.tools.vm.Stack[:cap(t.tools.vm.Stack)])
	clear(t.tools.vm.Variables)
	evaluators.Put(t.tools)
	t.tools = nil
}

// eval evaluates an expression. It fails only on what no load can see, such as
// a division that gives no number.
func (t *turn) eval(e *expression) (any, error) {
	if e.program == nil {
		return e.constant, nil
	}
	if t.tools == nil {
		t.tools = evaluators.Get().(*evaluator)
	}
	env := t.tools.env
	clear(env)
	for _, name := range e.uses {
		switch name {
		case "missed":
			env[name] = float64(t.missed())
			continue
		case todayName:
			env[name] = t.today()
			continue
		}
		value, _ := t.lookup(name)
		env[name] = plain(value, t.kind(name))
	}
	for _, name := range e.knows {
		_, env[name] = t.lookup(strings.TrimPrefix(name, knownPrefix))
	}
	out, err := t.tools.vm.Run(e.program, env)
	if f, ok := out.(float64); ok && err == nil && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return nil, errors.New("the result is not a number")
	}
	return out, err
}

// plain is a value as expressions see it; the zero of its kind when unset.
func plain(v Value, k Kind) any {
	switch k {
	case Number:
		return v.Number
	case YesNo:
		return v.Yes
	case Series:
		return v.Series
	default:
		return v.Text
	}
}

// holds evaluates a condition; none is true.
func (t *turn) holds(e *expression) (bool, error) {
	if e == nil {
		return true, nil
	}
	out, err := t.eval(e)
	yes, _ := out.(bool)
	return yes, err
}
