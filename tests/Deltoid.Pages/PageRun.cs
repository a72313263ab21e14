using System.Globalization;
using System.Text;
using Deltoid.Binding;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>
/// Runs the cases of pages: codes an encounter or checks a claim, and compares what came out with what the page states.
/// </summary>
internal sealed class PageRun(CodeBook book, Scrubber scrubber)
{
    readonly Func<Arg, string> names = book.NameOf;

    /// <summary>What a case gives.</summary>
    public CodedVisit Run(PageCase one)
    {
        if (one.Kind == "claim") return Check(one);
        var json = one.Base is { } whole ? Change.Apply(whole.Input, one.Input)
            : one.Kind == "example" ? PageFiles.Example(one.Input)
            : one.Input;
        return CodedVisit.Of(Chart(json), book, scrubber);
    }

    static Encounter Chart(string json) => EncounterJson.Read(Encoding.UTF8.GetBytes(json), "");

    CodedVisit Check(PageCase one)
    {
        var (claim, findings) = (CleanClaim.With(one.Input), new FindingList());
        return new() { Book = book, Claim = claim, Payer = Check(one, claim, findings), Findings = findings };
    }

    /// <summary>
    /// Checks a claim with the history and the chart that stand beside the case, and gives the payer it was judged by.
    /// </summary>
    public PayerProfile Check(PageCase one, Claim claim, FindingList findings)
    {
        var payer = new ClaimPayers(book).Of(claim);
        var chart = one.Beside.TryGetValue("encounter", out var json) ? Chart(json) : null;
        var history = one.Beside.TryGetValue("history", out var services) ? History(services) : null;
        scrubber.Check(claim, book, payer, history, chart, findings);
        return payer;
    }

    /// <summary>Lines of <c>2026-02-02 99213 x1</c>.</summary>
    static PatientHistory History(string text)
    {
        var all = new List<EarlierService>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var units = words.Length > 2 && Quantity.TryParse(words[2].AsSpan(1), out var stated)
                ? stated
                : Quantity.One;
            all.Add(new(DateOnly.ParseExact(words[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), Code.Of(words[1]),
                units, default));
        }
        return new(all);
    }

    /// <summary>
    /// What is wrong with a case, in words, with what came out as it would stand on the page; empty when it holds.
    /// </summary>
    public string Judge(PageCase one) => Judge(one, out _);

    public string Judge(PageCase one, out CodedVisit visit)
    {
        visit = Run(one);
        var faults = new StringBuilder();
        if (one.Expected.Count == 0 && one.Kind != "claim")
            faults.AppendLine("the case states nothing that must come out");
        foreach (var (kind, text) in one.Stated)
        {
            var actual = Print(visit, kind);
            var fault = Compare(visit, kind, text);
            if (fault.Length > 0)
                faults.AppendLine($"{kind}: {fault}\n--- the page says\n{text}\n--- came out\n{actual}");
        }
        return faults.ToString();
    }

    string Compare(CodedVisit visit, string kind, string text) => kind switch
    {
        "lines" => PageLines.Compare(visit, text),
        "findings" => PageFindings.Compare(visit.Findings, text, names),
        "trace" => PageTrace.Compare(visit.Trace, text, names),
        "cautions" => PageCautions.Compare(visit, text),
        _ => PageDocumentation.Compare(visit.Documentation, text),
    };

    /// <summary>What came out, in the form of a fence.</summary>
    public string Print(CodedVisit visit, string kind) => kind switch
    {
        "lines" => PageLines.Print(visit),
        "findings" => PageFindings.Print(visit.Findings, names),
        "trace" => PageTrace.Print(visit.Trace, names),
        "cautions" => PageCautions.Print(visit),
        _ => PageDocumentation.Print(visit.Documentation),
    };
}
