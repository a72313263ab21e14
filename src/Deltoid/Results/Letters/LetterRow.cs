using System.Globalization;
using Deltoid.Codes;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>
/// A row of <c>letters.tsv</c>: how a kind of letter begins for a kind of payer, and the rule it is made under.
/// </summary>
/// <param name="Days">How many days the payer has to decide; 0 where no rule that we know says it.</param>
internal sealed record LetterRow(LetterKind Kind, PayerKind Payer, string Title, string Ask, SourceRow Source,
    string Section, int Days)
{
    static readonly Lazy<LetterRow[]> rows = new(static () =>
    {
        var read = new List<LetterRow>();
        var table = ShippedRows.Open("rules/letters.tsv");
        int letter = table.Column("letter"), payer = table.Column("payer"), title = table.Column("title"),
            ask = table.Column("ask");
        int source = table.Column("source"), section = table.Column("section"), days = table.Column("days");
        while (table.Next())
        {
            if (!Letter.Kinds.TryRead(table[letter].ToString(), out var kind))
                throw table.Wrong(letter, "is no kind of letter");
            var of = PayerKind.None;
            if (table[payer] is not "*" && !Words.PayerKinds.TryRead(table[payer].ToString(), out of))
                throw table.Wrong(payer, "is no payer kind");
            var document = Documents.Find(table[source].ToString()) ?? throw table.Wrong(source, "is not a source");
            read.Add(new(kind, of, table[title].ToString(), table[ask].ToString(), document, table[section].ToString(),
                table[days].IsEmpty ? 0 : table.Int(days)));
        }
        return read.ToArray();
    });

    public static IReadOnlyList<LetterRow> All => rows.Value;

    /// <summary>The row of the payer's kind, else that of all.</summary>
    public static LetterRow Of(LetterKind kind, PayerKind payer) =>
        Array.Find(rows.Value, r => r.Kind == kind && r.Payer == payer && payer != PayerKind.None)
            ?? Array.Find(rows.Value, r => r.Kind == kind && r.Payer == PayerKind.None)!;

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
