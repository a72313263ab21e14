using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// An answer while it is put together: sentences, with the rows they rest on. What is said of a row is stated as a fact
/// and cited in one call, so that none is forgotten.
/// </summary>
internal sealed class ReplyDraft(Inquiry asked)
{
    const int MostAsks = 3;

    readonly StringBuilder text = new();
    readonly List<Cited> citations = [];
    readonly List<Missing> asks = [];
    readonly List<Stated> facts = [];

    public bool IsEmpty => text.Length == 0;

    public bool HasAsks => asks.Count > 0;

    /// <summary>Adds a sentence, once; what it names must be stated as well.</summary>
    public ReplyDraft Say(string sentence)
    {
        if (sentence.Length == 0 || text.ToString().Contains(sentence, StringComparison.Ordinal)) return this;
        if (text.Length > 0) text.Append(' ');
        text.Append(sentence);
        if (!".?!:".Contains(sentence[^1], StringComparison.Ordinal)) text.Append('.');
        return this;
    }

    /// <summary>Says the line of a rule, states it and cites it.</summary>
    public ReplyDraft SayRule(string id)
    {
        if (RuleBook.Shipped.Find(id) is not { } rule) return this;
        Cite(rule);
        return Quoting().Say(rule.Line);
    }

    /// <summary>Says in Spanish, once, that the words of the rules follow in English.</summary>
    ReplyDraft Quoting() => asked.IsSpanish ? Say(Spanish.Lead(asked, "rules", "")) : this;

    /// <summary>The first words of an intent. To a question in Spanish: its Spanish ones, or the English ones after
    /// words that say so.</summary>
    public ReplyDraft SayLead(IntentRow row) => row.Lead.Length == 0 || Spanish.Keys.Contains(row.Id)
        ? Say(Spanish.Lead(asked, row.Id, row.Lead)) : Quoting().Say(row.Lead);

    /// <summary>Of a denial's row what never to do; of any other its line.</summary>
    public ReplyDraft SayOrNever(string id) =>
        RuleBook.Shipped.Find(id) is { } rule && rule["never"] is { Length: > 0 } never
            ? SayOf(rule, "never", DenialAnswer.Softened(never)) : SayRule(id);

    /// <summary>Whether units of a drug's code were counted.</summary>
    public bool HasUnits(Code code) => facts.Exists(fact => fact.Of == code.ToString() && fact.What is "units" or "line");

    /// <summary>The first code for giving a drug that was stated.</summary>
    public Code Service { get; set; }

    public bool HasCited(string rule) => citations.Exists(cited => cited.Rule == rule);

    /// <summary>States and cites a rule without saying it.</summary>
    public ReplyDraft Cite(Rule rule)
    {
        State(rule.Id, "rule", rule.Line, rule.Dates, rule.Source.Id);
        AddCitation(rule.Source, rule.Section, DateOf(rule.Source, rule.Dates), rule.Id);
        return this;
    }

    public ReplyDraft CiteRule(string id) => RuleBook.Shipped.Find(id) is { } rule ? Cite(rule) : this;

    /// <summary>A text of our rows beside a rule's line: its own words, stated under the rule.</summary>
    public ReplyDraft SayOf(Rule rule, string what, string words)
    {
        if (words.Length == 0) return this;
        Cite(rule);
        State(rule.Id, what, words, rule.Dates, rule.Source.Id);
        return Quoting().Say(words);
    }

    /// <summary>Quotes a paragraph of a finding's page, and links the page.</summary>
    public ReplyDraft SayPage(FindingInfo finding, string paragraph)
    {
        State(finding.Id, "page", paragraph, DateRange.Always, asked.Book.Version);
        citations.Add(new(FindingText.Of(
            finding.Citation.Authority), $"{finding.Citation.Section} (page {finding.Name})",
            $"/help/{finding.Name}", asked.Day, finding.Id, finding.Name));
        return Quoting().Say(paragraph);
    }

    /// <summary>States a value of a row of the book, and cites the table it is in.</summary>
    public ReplyDraft State(string of, string what, string value, DateRange dates, byte source)
    {
        State(of, what, value, dates, asked.Book.SourceId(source));
        if (Documents.Find(asked.Book.SourceId(source)) is { } table && table.Id != "K")
            AddCitation(table, of, DateOf(table, dates), "");
        return this;
    }

    public ReplyDraft State(string of, string what, string value, DateRange dates, string edition)
    {
        var fact = new Stated(of, what, value, (dates.From ?? dates.KnownSince).Iso(), edition);
        if (!facts.Contains(fact)) facts.Add(fact);
        return this;
    }

    /// <summary>What the question itself says, such as its dose.</summary>
    public ReplyDraft FromQuestion(string what, string value) =>
        State("question", what, value, DateRange.Always, "the question");

    /// <summary>A result of arithmetic over stated facts.</summary>
    public ReplyDraft Reckoned(string of, string what, string value) =>
        State(of, what, value, DateRange.Of(asked.Day), asked.Book.Version);

    /// <summary>Cites a document as a whole.</summary>
    public ReplyDraft CiteTable(string source, string section)
    {
        if (Documents.Find(source) is { } table)
            AddCitation(table, section, DateOf(table, DateRange.Always), "");
        return this;
    }

    /// <summary>Asks for a fact by its name in asks.tsv; three at most, and none that the question has.</summary>
    public ReplyDraft Ask(string fact)
    {
        return asked.Knows(fact) ? this : AskAgain(fact);
    }

    /// <summary>Asks for a fact of which the question says something that was not understood.</summary>
    public ReplyDraft AskAgain(string fact)
    {
        if (asks.Count == MostAsks || AskRows.Shipped.Find(fact) is not { } row) return this;
        var said = Spanish.Ask(asked, fact, row);
        if (!asks.Contains(said)) asks.Add(said);
        return this;
    }

    public Reply Done(ReplyKind kind, string intent) => new(kind, Announced(), citations, asks, facts, intent);

    /// <summary>The text; to a question in Spanish whose answer begins in English, with words that say so.</summary>
    string Announced()
    {
        var whole = text.ToString();
        if (!asked.IsSpanish) return whole;
        var quote = whole.IndexOf(Spanish.Lead(asked, "rules", ""), StringComparison.Ordinal);
        return Lexicon.Shipped.Pattern("(english)").Count(quote < 0 ? whole : whole[..quote]) < FewEnglish ? whole
            : Spanish.Lead(asked, "english", "") + " " + whole;
    }

    /// <summary>So few words of English a sentence in Spanish may have: names of codes and drugs.</summary>
    const int FewEnglish = 3;

    void AddCitation(SourceRow source, string section, DateOnly date, string rule)
    {
        var title = source.Edition.Length > 0 && source.Edition != "read in part"
            ? $"{source.Title} ({source.Id}: {source.Edition})" : $"{source.Title} ({source.Id})";
        var cited = new Cited(source.Authority, section.Length > 0 ? $"{title}, {section}" : title, source.Url, date,
            rule, source.Id);
        if (!citations.Exists(known => known.Source == cited.Source && known.Section == cited.Section
            && known.Rule == cited.Rule))
            citations.Add(cited);
    }

    DateOnly DateOf(SourceRow source, DateRange dates) =>
        dates.From ?? dates.KnownSince ?? DayIn(source.Edition) ?? DayIn(source.Retrieved) ?? asked.Day;

    /// <summary>The day of an edition: 2026-03-02, or the first of the year where there is only a year.</summary>
    static DateOnly? DayIn(string edition)
    {
        string? year = null;
        foreach (Match match in DayOrYear.Matches(edition))
            if (match.Length > 4) return Days.Read(match.Value);
            else year ??= match.Value;
        return year is null ? null : new(int.Parse(year, CultureInfo.InvariantCulture), 1, 1);
    }

    static readonly Regex DayOrYear = new(@"\b20\d\d(?:-\d\d-\d\d)?\b");
}
