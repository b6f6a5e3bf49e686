package reply

import "strings"

// unstemmed are words whose ending is part of them.
var unstemmed = set("worker breather fairly evening morning thing nothing something anything everything during spring string king ring sing bring wedding being going doing need feed matter red bed this his us yes is was less bus gas news always care caring cared longer same lower higher nights weekly monthly daily")

// stem takes an English word back to a form that its other forms share: walk,
// walks, walking, walked, walker.
func stem(w string) string {
	if one := strings.TrimSuffix(w, "s"); unstemmed[one] {
		return one
	}
	if len(w) < 4 || unstemmed[w] {
		return w
	}
	for _, end := range endings {
		s, ok := strings.CutSuffix(w, end.cut)
		if !ok || len(s) < end.least || !strings.ContainsAny(s, "aeiouy") {
			continue
		}
		s += end.put
		if end.put == "" {
			if len(s) > 3 {
				s = strings.TrimSuffix(s, "e")
			}
			if n := len(s); n > 3 && s[n-1] == s[n-2] {
				s = s[:n-1]
			}
		}
		if len(s) < 4 {
			return s
		}
		return finish(s)
	}
	return finish(w)
}

func finish(w string) string {
	w = strings.TrimSuffix(w, "e")
	if s, ok := strings.CutSuffix(w, "y"); ok && len(s) > 2 {
		w = s + "i"
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("aeiou", rune(w[n-1])) {
		w = w[:n-1]
	}
	return w
}

// endings are cut where at least so many letters are left.
var endings = []struct {
	cut, put string
	least    int
}{
	{"eries", "", 4}, {"ery", "", 4}, {"ings", "", 3}, {"ing", "", 3}, {"ied", "y", 2}, {"ies", "y", 2}, {"ily", "y", 3}, {"ers", "", 4}, {"er", "", 4},
	{"ed", "", 3}, {"sses", "ss", 2}, {"shes", "sh", 2}, {"ches", "ch", 2}, {"xes", "x", 2}, {"ss", "ss", 2}, {"s", "", 3}, {"ly", "", 4},
}

// twoSlips tells whether a and b differ by two letters missing, added, wrong or
// swapped, the first letter being right.
func twoSlips(a, b string) bool {
	if len(a) < 6 || a[0] != b[0] || len(a)-len(b) > 2 || len(b)-len(a) > 2 || len(a) > 24 || len(b) > 24 {
		return false
	}
	// Rows of the optimal string alignment distance.
	var rows [3][26]int
	for j := 0; j <= len(b); j++ {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row := &rows[(i-1)%3], &rows[i%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)] <= 2
}
