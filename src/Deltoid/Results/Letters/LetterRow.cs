using System.Globalization;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>
/// A row of <c>letters.tsv</c>: how a kind of letter begins for a kind of payer, and the rule it is made under.
/// </summary>
/// <param name="Level">Of an appeal: 1 is the first.</param>
/// <param name="Title">A hyphen where no letter is sent, and <paramref name="Ask"/> says why.</param>
/// <param name="To">Whom it goes to; empty: the payer of the remittance.</param>
/// <param name="Within">How long after the earlier decision, in days or months; 0 where it is not known.</param>
/// <param name="Amounts">The least amount in controversy, by the year of the request; 0 is every year.</param>
/// <param name="Form">The form that may be used; empty where there is none.</param>
/// <param name="Days">How many days there are to decide; 0 where no rule that we know says it.</param>
/// <param name="IsExpert">Its rule was not read again in its current text.</param>
internal sealed record LetterRow(LetterKind Kind, PayerKind Payer, int Level, string Title, string Ask, string To,
    (int Count, bool IsMonths) Within, (int Year, Money Least)[] Amounts, string[] Encloses, string Form,
    SourceRow Source, string Section, int Days, bool IsExpert)
{
    static readonly Lazy<LetterRow[]> rows = new(static () =>
    {
        var read = new List<LetterRow>();
        var table = ShippedRows.Open("rules/letters.tsv");
        int letter = table.Column("letter"), payer = table.Column("payer"), title = table.Column("title"),
            ask = table.Column("ask");
        int source = table.Column("source"), section = table.Column("section"), days = table.Column("days"),
            level = table.Column("level"), to = table.Column("to"), within = table.Column("within"),
            amount = table.Column("amount"), encloses = table.Column("encloses"), form = table.Column("form"),
            evidence = table.Column("evidence");
        while (table.Next())
        {
            if (!Letter.Kinds.TryRead(table[letter].ToString(), out var kind))
                throw table.Wrong(letter, "is no kind of letter");
            var of = PayerKind.None;
            if (table[payer] is not "*" && !Words.PayerKinds.TryRead(table[payer].ToString(), out of))
                throw table.Wrong(payer, "is no payer kind");
            var document = Documents.Find(table[source].ToString()) ?? throw table.Wrong(source, "is not a source");
            read.Add(new(kind, of, table.Int(level), table[title].ToString(), table[ask].ToString(),
                table[to].ToString(), WithinOf(table, within), AmountsOf(table, amount),
                table[encloses].ToString().Split("; ", StringSplitOptions.RemoveEmptyEntries), table[form].ToString(),
                document, table[section].ToString(), table[days].IsEmpty ? 0 : table.Int(days),
                table[evidence] is "K"));
        }
        return read.ToArray();
    });

    public static IReadOnlyList<LetterRow> All => rows.Value;

    /// <summary>
    /// The row of the payer's kind, else that of all; null where the payer has no such level. A kind of payer with rows
    /// of its own has no others.
    /// </summary>
    public static LetterRow? Of(LetterKind kind, PayerKind payer, int level = 1)
    {
        var hasOwn = payer != PayerKind.None && Array.Exists(rows.Value, r => r.Kind == kind && r.Payer == payer);
        return Array.Find(rows.Value, r => r.Kind == kind && r.Level == level
            && r.Payer == (hasOwn ? payer : PayerKind.None));
    }

    /// <summary><c>180 days</c>, <c>4 months</c>.</summary>
    static (int Count, bool IsMonths) WithinOf(in Rows table, int column)
    {
        if (table[column].IsEmpty) return default;
        var words = table[column].ToString().Split(' ');
        if (words is [var count, "days" or "months"]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (number, words[1] == "months");
        throw table.Wrong(column, "is no number of days or months");
    }

    /// <summary><c>2026:200</c>, <c>*:50</c>, in whole dollars.</summary>
    static (int Year, Money Least)[] AmountsOf(in Rows table, int column)
    {
        var read = new List<(int, Money)>();
        foreach (var item in table[column].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var year = 0;
            if (item.Split(':') is not [var of, var least] || !Money.TryParse(least, out var money)
                || (of != "*" && !int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out year)))
                throw table.Wrong(column, "is no amount of a year");
            read.Add((year, money));
        }
        return [.. read];
    }

    /// <summary>The least amount in controversy of a request on a day; null where none is known for its year.</summary>
    public Money? LeastOn(DateOnly day)
    {
        foreach (var (year, least) in Amounts)
            if (year == 0 || (day != default && year == day.Year)) return least;
        return null;
    }

    /// <summary>The last day for the letter, counted from the day of the earlier decision; null where it is not
    /// known.</summary>
    public DateOnly? LastDay(DateOnly decided)
    {
        if (Within.Count == 0 || decided == default) return null;
        if (Within.IsMonths) return decided.AddMonths(Within.Count);
        return decided.AddDays(Within.Count + (CountsFromReceipt ? DaysToReceipt : 0));
    }

    /// <summary>Medicare's notices count as received 5 days later (42 CFR 405.942, 405.962, 405.1002).</summary>
    const int DaysToReceipt = 5;

    public bool CountsFromReceipt => Payer is PayerKind.Medicare or PayerKind.MedicareAdvantage;

    /// <summary>Contract or policy of the payer: its section is to be named by a person.</summary>
    public bool IsOfPayer => Source.Id is "PAYER" or "STATE";

    /// <summary><c>42 CFR 405.940 to 405.958</c>.</summary>
    public string Cited => Source.Short.Length > 0 ? $"{Source.Short} {Section}" : Section;
}

/// <summary>What a denial is decided by, as a letter's table asks it (<c>criteria.tsv</c>).</summary>
/// <param name="IsAlways">False: asked only where the record speaks of it.</param>
internal sealed record Criterion(string Cause, string Asks, Condition When, bool IsAlways)
{
    static readonly Lazy<Criterion[]> rows = new(static () =>
    {
        var read = new List<Criterion>();
        var table = ShippedRows.Open("rules/criteria.tsv");
        int cause = table.Column("cause"), asks = table.Column("asks"), when = table.Column("when"),
            need = table.Column("need");
        while (table.Next())
        {
            if (RuleBook.Shipped.Find(table[cause].ToString()) is null)
                throw table.Wrong(cause, "is no row of denials");
            if (table[need] is not ("must" or "may")) throw table.Wrong(need, "is neither must nor may");
            read.Add(new(table[cause].ToString(), table[asks].ToString(), ConditionOf(table, when),
                table[need] is "must"));
        }
        return read.ToArray();
    });

    public static IReadOnlyList<Criterion> All => rows.Value;

    static Condition ConditionOf(in Rows table, int column)
    {
        try { return Condition.Parse(table[column]); }
        catch (FormatException e)
        {
            throw table.Wrong(column, e.Message);
        }
    }
}
