using System.Buffers;
using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>A row for each finding, for a spreadsheet; a clean claim has none.</summary>
public sealed class FindingsCsv(CodeBook book, string file) : FindingsWriter
{
    public const string Head = "file,claim,line,code,id,name,severity,outcome,message\n";

    readonly Func<Arg, string> names = ResultJson.NamesOf(book);
    readonly StringBuilder row = new();

    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target) => Write(claim, claim.Text(ClaimText.Id), findings, target);

    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target) => Write(NoClaim, "", findings, target);

    int Write(Claim claim, string id, FindingList findings, IBufferWriter<byte> target)
    {
        foreach (ref readonly var finding in findings.Span)
        {
            var line = finding.Place.Line;
            row.Clear();
            Add(file);
            Add(id);
            Add(line > 0 ? line.ToString(CultureInfo.InvariantCulture) : "");
            Add(CodeOf(claim, line));
            Add(finding.Info.Id);
            Add(finding.Info.Name);
            Add(FindingText.Of(finding.Severity));
            Add(FindingText.Of(finding.Info.Outcome));
            Add(Sentence.Of(finding, claim, names));
            row[^1] = '\n';
            Encoding.UTF8.GetBytes(row.ToString(), target);
        }
        return findings.Count;
    }

    static string CodeOf(Claim claim, int number)
    {
        foreach (ref readonly var line in claim.Lines) if (number > 0 && line.Number == number) return line.Code.ToString();
        return "";
    }

    /// <summary>A cell. One that a spreadsheet would take for a formula is marked as a text.</summary>
    void Add(string text)
    {
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        if (text.AsSpan().IndexOfAny(",\"\r\n") >= 0) row.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else row.Append(text);
        row.Append(',');
    }
}
