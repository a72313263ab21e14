using System.Text;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>One case of an edit's page: a claim fence, with the history and encounter fences after it, and the findings it must have.</summary>
public sealed record PageCase(string Page, int Line, string Claim, string History, string Encounter, string Findings)
{
    /// <summary>The cases of a page, in order. A claim without a findings fence must be clean.</summary>
    public static List<PageCase> Read(string page, string text)
    {
        var cases = new List<PageCase>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal) || lines[i].Length == 3) continue;
            var (fence, from) = (lines[i][3..].Trim(), i + 1);
            while (++i < lines.Length && lines[i] != "```") { }
            var body = string.Join('\n', lines[from..i]);
            switch (fence)
            {
                case "claim": cases.Add(new(page, from, body, "", "", "")); break;
                case "history": cases[^1] = cases[^1] with { History = body.Length == 0 ? "\n" : body }; break;
                case "encounter": cases[^1] = cases[^1] with { Encounter = body }; break;
                case "findings": cases[^1] = cases[^1] with { Findings = body }; break;
            }
        }
        return cases;
    }

    /// <summary>Scrubs the claim and writes its findings as a findings fence has them.</summary>
    public string Run()
    {
        var claim = CleanClaim.With(Claim);
        var findings = new FindingList();
        Check(claim, findings);
        return Write(findings, CleanClaim.Book);
    }

    public void Check(Claim claim, FindingList findings) =>
        new Scrubber().Check(claim, CleanClaim.Book, PayerProfile.For(CleanClaim.Book.PayerSettings, claim.PayerKind, claim.ServiceDate), ReadHistory(), ReadEncounter(), findings);

    Encounter? ReadEncounter() => Encounter.Length == 0 ? null : EncounterJson.Read(Encoding.UTF8.GetBytes(Encounter), "page.json");

    PatientHistory? ReadHistory() => History.Length == 0 ? null : Cli.Dev.PageRun.History(History);

    /// <summary>One line a finding; its fix and those that stand under it indented below.</summary>
    public static string Write(FindingList findings, CodeBook book)
    {
        var text = new StringBuilder();
        for (var i = 0; i < findings.Count; i++)
        {
            ref readonly var finding = ref findings[i];
            if (finding.Under != 0) continue;
            text.Append(finding.Place.Line == 0 ? "claim" : $"line {finding.Place.Line}").Append("  ").Append(finding.Info.Id).Append(' ').Append(FindingText.Of(finding.Severity));
            text.Append(" (").Append(FindingText.Of(finding.Info.Outcome)).Append(")  ").Append(FindingText.Message(finding, book.NameOf)).Append('\n');
            if (finding.Info.Fix is { } fix) text.Append("        fix (").Append(FindingText.Of(fix.Safety)).Append("): ").Append(FindingText.Fix(finding, book.NameOf)).Append('\n');
            for (var j = 0; j < findings.Count; j++) if (findings[j].Under == i + 1) text.Append("        also ").Append(findings[j].Info.Id).Append(": ").Append(FindingText.Message(findings[j], book.NameOf)).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
