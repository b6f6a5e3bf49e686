package reply

// plain are English words that lie one slip from a word that matters to a
// rule. They are what they are and never mended into it.
var plain = set(`
fine find fire file five give live none nice line mine there these tree threw seen even sever severe flour foul hour your height weight
stoke strike stroll partly party heath hearth wealth heather breathe breathes wreath heard hears hearts heals dealing
heading healing meaning leaving leading lifting listing diner dinner dining lying tying drying frying crying prying
dearth depth deaths hunting hurting hutting halting harmed farmer warmed stabled stable hanger hanged handing banging ranging
weaker wanting waiting panting counting shopping shipping stopping sopping slopping swopping dropping skipping skip slipping
`)

// notMended are words of rules that others are too easily mistaken for.
var notMended = set(`there these three where while which their things thing being going doing other after again never every those whose shall still think thank thanks would could should might about`)
