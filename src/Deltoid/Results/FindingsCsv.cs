using System.Buffers;
using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>One row for each finding, for a spreadsheet; a clean claim has none.</summary>
internal sealed class FindingsCsv(CodeBook book, string file) : FindingsWriter
{
    public const string Head = "file,claim,line,code,id,name,severity,outcome,message\n";

    readonly Func<Arg, string> names = ResultJson.NamesOf(book);
    readonly StringBuilder row = new();

    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target) =>
        Write(claim, claim.Text(ClaimText.Id), findings, target);

    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target) =>
        Write(NoClaim, "", findings, target);

    int Write(Claim claim, string id, FindingList findings, IBufferWriter<byte> target)
    {
        foreach (ref readonly var finding in findings.Span)
        {
            var line = finding.Place.Line;
            row.Clear();
            var number = line > 0 ? line.ToString(CultureInfo.InvariantCulture) : "";
            Csv.AddRow(row, file, id, number, CodeOf(claim, line), finding.Info.Id, finding.Info.Name,
                FindingText.Of(finding.Severity), FindingText.Of(finding.Info.Outcome), Sentence.Of(finding, claim,
                    names));
            Encoding.UTF8.GetBytes(row.ToString(), target);
        }
        return findings.Count;
    }

    static string CodeOf(Claim claim, int number)
    {
        foreach (ref readonly var line in claim.Lines)
            if (number > 0 && line.Number == number) return line.Code.ToString();
        return "";
    }
}
