using Deltoid.Batch;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary>Claims on the CMS-1500.</summary>
/// <param name="mode">How a PDF is printed; null for text.</param>
sealed class EmitPaper(string name, string help, Cms1500Mode? mode, Option<string> move, EnvelopeOptions envelope)
    : EmitForm(name, "the paper forms", help)
{
    public static EmitForm[] Forms(EnvelopeOptions envelope)
    {
        var move = new Option<string>("--move")
        {
            Description = "Move the print right and down, in millimeters: 0.5,-1",
            DefaultValueFactory = static _ => "0,0", HelpName = "MM,MM"
        };
        return
        [
            new EmitPaper("cms-1500", "a PDF with the form's lines", Cms1500Mode.Full, move, envelope),
            new EmitPaper("cms-1500-overlay", "a PDF to print on the red form", Cms1500Mode.Overlay, move, envelope),
            new EmitPaper("cms-1500-text", "the form as text", null, move, envelope),
        ];
    }

    public override IReadOnlyList<Option> Options { get; } = [move];

    public override void Validate(CommandResult result) => envelope.RefuseIn(result);

    public override int Write(EmitJob job)
    {
        var (terminal, parse, claims, output, exit) = job;
        var shift = parse.GetValue(move)!.Split(',');
        if (shift.Length != 2
            || !decimal.TryParse(shift[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var right)
            || !decimal.TryParse(shift[1], NumberStyles.Number, CultureInfo.InvariantCulture, out var down))
            return terminal.Refuse("--move takes two numbers in millimeters, such as 0.5,-1");
        var forms = new List<Cms1500Form>();
        var findings = new FindingList();
        for (var i = 0; i < claims.Count; i++)
        {
            findings.Clear();
            var claim = claims[i].Claim!;
            forms.AddRange(Cms1500.Of(claim, findings));
            foreach (ref readonly var finding in findings.Span)
            {
                var sentence = Sentence.Of(finding, claim, static _ => "");
                terminal.Error.WriteLine(
                    $"claim {i + 1}: {EmittedCheck.FieldOf(finding, claims[i].Claim!, claims[i].OfVisit)}{sentence} [{finding.Info.Id}]");
                if (finding.Severity == Severity.Error) exit = Exit.Worse(exit, Exit.Found);
            }
        }
        EmitCommand.Write(terminal, output,
            mode is { } printed
                ? Cms1500Pdf.Write(forms, printed, compressed: true, right, down)
                : Cms1500Text.Write(forms));
        return exit;
    }
}
