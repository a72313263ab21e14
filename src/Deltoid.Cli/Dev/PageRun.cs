using System.Text;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;

namespace Deltoid.Cli.Dev;

/// <summary>Runs the cases of pages: codes an encounter or checks a claim, and compares what came out with what the page states.</summary>
internal sealed class PageRun(CodeBook book, Scrubber scrubber)
{
    readonly Func<Arg, string> names = book.NameOf;

    /// <summary>What a case gives.</summary>
    public CodedVisit Run(PageCase one)
    {
        if (one.Kind == "claim") return Check(one.Input);
        var json = one.Base is { } whole ? Change.Apply(whole.Input, one.Input) : one.Input;
        return CodedVisit.Of(EncounterJson.Read(Encoding.UTF8.GetBytes(json), one.Page.Name), book, scrubber);
    }

    CodedVisit Check(string notation)
    {
        var claim = CleanClaim.Make();
        ClaimNotation.Read(notation, claim);
        var payer = Payers.PayerProfile.For(book.PayerSettings, claim.PayerKind, claim.ServiceDate);
        var findings = new FindingList();
        scrubber.Check(claim, book, payer, null, null, findings);
        return new() { Book = book, Claim = claim, Payer = payer, Findings = findings };
    }

    /// <summary>What is wrong with a case, in words, with what came out as it would stand on the page; empty when it holds.</summary>
    public string Judge(PageCase one) => Judge(one, out _);

    public string Judge(PageCase one, out CodedVisit visit)
    {
        visit = Run(one);
        var faults = new StringBuilder();
        if (one.Expected.Count == 0) faults.AppendLine("the case states nothing that must come out");
        foreach (var (kind, text) in one.Expected)
        {
            var actual = Print(visit, kind);
            var fault = Compare(visit, kind, text);
            if (fault.Length > 0) faults.AppendLine($"{kind}: {fault}\n--- the page says\n{text}\n--- came out\n{actual}");
        }
        return faults.ToString();
    }

    string Compare(CodedVisit visit, string kind, string text) => kind switch
    {
        "lines" => PageLines.Compare(visit, text),
        "findings" => PageFindings.Compare(visit.Findings, text, names),
        "trace" => PageTrace.Compare(visit.Trace, text, names),
        _ => PageDocumentation.Compare(visit.Documentation, text),
    };

    /// <summary>What came out, in the form of a fence.</summary>
    public string Print(CodedVisit visit, string kind) => kind switch
    {
        "lines" => PageLines.Print(visit),
        "findings" => PageFindings.Print(visit.Findings, names),
        "trace" => PageTrace.Print(visit.Trace, names),
        _ => PageDocumentation.Print(visit.Documentation),
    };
}
