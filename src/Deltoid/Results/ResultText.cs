using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Edits.Documentation;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The page that a person reads: what to bill and why, what was left off, what must not be added, what is wrong, what
/// is not charted, what it should pay. At most 100 columns; colour only when asked for.
/// </summary>
public sealed class ResultText
{
    const int Width = TextPage.Width;

    /// <summary>Findings that say that something charted is not on the claim.</summary>
    static readonly FindingInfo[] LeftOff =
    [
        CodingFindings.NotGiven, CodingFindings.SelfGiven, CodingFindings.Integral, CodingFindings.FacilityBills,
        CodingFindings.VisitNotSeparate, CodingFindings.NurseVisit, CodingFindings.HydrationTooShort,
        CodingFindings.FreeDrug, CodingFindings.Anesthetic, CodingFindings.PairNotAllowed,
        CodingFindings.ComplexityAddOn, CodingFindings.TestReading, CodingFindings.NoAdministrationCode,
        CodingFindings.Bundled, CodingFindings.PushNotAgain, CodingFindings.RuralOrCenter,
        CodingFindings.LeftOnOtherSide, CodingFindings.FacilityBillsDrug, CodingFindings.InsideVisitRate,
        CodingFindings.OnCostReport, CodingFindings.HoldsVisit, CodingFindings.VisitInside,
        CodingFindings.HospicePays, CodingFindings.GivingInRate,
    ];

    readonly CodedVisit visit;
    readonly Action<string> write;
    readonly bool color;
    readonly Func<Arg, string> names;

    ResultText(CodedVisit visit, Action<string> write, bool color)
    {
        (this.visit, this.write, this.color) = (visit, write, color);
        names = visit.Book.NameOf;
    }

    /// <summary>Writes the page of one visit.</summary>
    public static void Write(CodedVisit visit, Action<string> write, bool color)
    {
        var page = new ResultText(visit, write, color);
        page.WriteHead();
        page.WriteLines();
        page.WriteNotes("Left off, and why", page.LeftOffNotes());
        page.WriteNotes("Not to be added",
            Cautions.Of(visit).ConvertAll(static caution => (caution.Text, Cites.OfRules(caution.Rules))));
        page.WriteFindings();
        page.WriteDocumentation();
    }

    void Line(string text = "") => write(text + "\n");

    string Strong(string text) => new TextPage(write, color).Strong(text);

    void WriteHead()
    {
        var (claim, encounter) = (visit.Claim, visit.Encounter);
        var payer = claim.PayerKind == PayerKind.None
            ? IsUnread(Field.PayerKind)
            ? "payer not understood"
            : "payer not charted"
            : Sentence.Capital(Words.PayerKinds[claim.PayerKind].Replace('-', ' '));
        var day = encounter?.ServiceDate ?? claim.ServiceDate;
        var place = PlaceOf(claim.PlaceOfService, day);
        var locality = encounter?.PayerLocality is { Length: > 0 } name ? $", locality {Shown.Of(name)}" : "";
        Line($"{payer}, {Day(day)}, {place}{(claim.Setting == Setting.Facility ? ", facility claim" : "")}{locality}");
        Line($"code book {visit.Book.Version}");
        Line();
    }

    string PlaceOf(Code place, DateOnly day)
    {
        if (place.IsNone) return IsUnread(Field.PlaceOfService) ? "place not understood" : "place not charted";
        return visit.Book.Place(place, day) is { } row ? $"{row.Name.ToLowerInvariant()} ({place})" : $"place {place}";
    }

    /// <summary>It is charted, in words that are not known.</summary>
    bool IsUnread(Field field) => visit.Encounter?.Unread.Exists(place => place.ChartField == field) ?? false;

    static string Day(DateOnly day) => day.Iso();

    void WriteLines()
    {
        if (visit.Claim.Lines.Length == 0)
        {
            Line("Nothing is billed.");
            Line();
            return;
        }
        Line(Strong("  #  code            units  dx     expected  what it is"));
        for (var i = 0; i < visit.Claim.Lines.Length; i++)
        {
            ref readonly var line = ref visit.Claim.Lines[i];
            var code = line.Modifiers.IsEmpty ? line.Code.ToString() : $"{line.Code}-{line.Modifiers}";
            var expected = i < visit.Expected.Count && visit.Expected[i].Amount is { } amount ? "$" + amount : "-";
            var label = visit.Book.TryCode(line.Code, line.Date, out var row)
                ? visit.Book.LabelOf(row)
                : "not in this code book";
            var start = $"{line.Number,3}  {code,-14}{line.Units,7}  {Letters(line.Pointers),-4}{expected,11}  ";
            Line(start + Cut(label, Width - start.Length));
            if (!line.Ndc.IsNone)
                Line($"       NDC {line.Ndc}"
                    + $"{(line.NdcUnit == NdcUnit.None ? "" : $" {line.NdcUnit} {line.NdcQuantity}")}");
            foreach (var (text, cited) in Reasons.Of(visit, line)) Wrap("       ", $"{text} [{cited}]");
        }
        WriteTotal();
        WriteDiagnoses();
        Line();
    }

    /// <summary>Pointers as the form's letters, A to L.</summary>
    static string Letters(Pointers pointers)
    {
        var text = "";
        for (var i = 0; i < pointers.Count; i++) text += (char)('A' + pointers[i] - 1);
        return text;
    }

    void WriteTotal()
    {
        var total = Money.Zero;
        var (priced, reasons, codes) = (0, new List<string>(), new List<string>());
        for (var i = 0; i < visit.Expected.Count; i++)
        {
            if (visit.Expected[i].Amount is { } amount)
            {
                total += amount;
                priced++;
                continue;
            }
            var (why, code) = (visit.Expected[i].WhyText, visit.Claim.Lines[i].Code.ToString());
            var known = reasons.IndexOf(why);
            if (known < 0)
            {
                reasons.Add(why);
                codes.Add(code);
            }
            else if (!codes[known].Contains(code, StringComparison.Ordinal)) codes[known] += $", {code}";
        }
        if (priced > 0) Line($"     expected in all{"$" + total,23}");
        for (var i = 0; i < reasons.Count; i++) Wrap("     not priced: ", $"{codes[i]}: {reasons[i]}");
    }

    void WriteDiagnoses()
    {
        for (var i = 0; i < visit.Claim.DiagnosisCount; i++)
        {
            var code = visit.Claim.Diagnoses[i];
            Line(
                $"     dx {(char)('A' + i)} {code.ToDiagnosis()} {Cut(visit.Book.Diagnoses(visit.Claim.ServiceDate)?.Label(code) ?? "", 80)}".TrimEnd());
        }
    }

    List<(string, string)> LeftOffNotes()
    {
        var notes = new List<(string, string)>();
        foreach (ref readonly var finding in visit.Findings.Span)
            if (Array.IndexOf(LeftOff, finding.Info) >= 0)
                notes.Add((Sentence.Of(finding, visit.Claim, names),
                    $"{finding.Info.Id}; {Cites.Short(finding.Info.Citation.Section)}"));
        return notes;
    }

    void WriteNotes(string title, List<(string Text, string Cited)> notes)
    {
        if (notes.Count == 0) return;
        Line(Strong(title));
        foreach (var (text, cited) in notes) Wrap("  - ", $"{text} [{cited}]");
        Line();
    }

    void WriteFindings()
    {
        Line(Strong("Findings"));
        var page = new TextPage(write, color);
        if (FindingPage.Write(page, visit.Claim, visit.Findings, names, LeftOff) == 0) Line("  none");
        Line();
    }

    /// <summary>Writes the findings of a claim that was only checked.</summary>
    public static void WriteFindings(Claim claim, FindingList findings, CodeBook book, Action<string> write,
        bool color) => FindingPage.Write(new TextPage(write, color), claim, findings, ResultJson.NamesOf(book), []);

    void WriteDocumentation()
    {
        if (visit.Documentation is not { } checklist) return;
        var knockOuts = checklist.KnockOuts.Select(static k => k.Element).ToList();
        var others = checklist.Missing.Except(knockOuts).Select(Elements.WithId).ToList();
        var fails = knockOuts.Count > 0;
        var verdict = fails
            ? "; would fail an audit: " + string.Join(", ", knockOuts.Select(static e => $"no {Elements.WithId(e)}"))
            : ", " + checklist.Band;
        var rest = others.Count > 0 ? $"; {(fails ? "also " : "")}not charted: {string.Join(", ", others)}"
            : fails ? ""
            : "; nothing is missing";
        Wrap("Documentation: ", $"{checklist.Score} of 100{verdict}{rest}.");
    }

    void Wrap(string lead, string text) => new TextPage(write, color).Wrap(lead, text);

    static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
