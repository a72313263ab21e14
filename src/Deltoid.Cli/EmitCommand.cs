using System.CommandLine;
using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Remittances;
using Deltoid.X12.Segments;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid emit</c>: claims as an 837 file, or on the CMS-1500 form. What was written is checked as a receiver would
/// check it.
/// </summary>
static class EmitCommand
{
    static readonly string[] Forms = ["837", .. EmitInquiries.Forms, "cms-1500", "cms-1500-overlay", "cms-1500-text"];

    static Option<string> FormOption()
    {
        var form =
            new Option<string>("--form")
            {
                Description =
                    "837; 270 or 276 to ask the payer whether the patient is covered, or what became of the claim; or "
                        + "the CMS-1500: a PDF with the form's lines, a PDF to print on the red form, or text",
                DefaultValueFactory = static _ => "837", HelpName = string.Join('|', Forms)
            };
        Among.Only(form, Forms);
        return form;
    }

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Claim JSON (one or a list), the output of 'code --json', or what 'read' writes "
                + "of an 835, 270, 271, 276 or 277; - reads standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var form = FormOption();
        var output = new Option<string?>("--output")
        {
            Description = "Where to write; if not given, standard output", HelpName = "FILE"
        };
        var envelope = new EnvelopeOptions();
        var move = new Option<string>("--move")
        {
            Description = "Move the print right and down, in millimeters: 0.5,-1",
            DefaultValueFactory = static _ => "0,0", HelpName = "MM,MM"
        };
        var command = new Command("emit",
            "Write claims as 837 or CMS-1500, remittances as 835, questions to payers as 270 and 276")
        {
            files, form, output, move
        };
        var asking = new EmitInquiries();
        asking.AddTo(command);
        envelope.AddTo(command);
        command.Validators.Add(result =>
        {
            if (OutputFile.FaultOf(result.GetValue(output), result.GetValue(files) ?? []) is { } fault)
                result.AddError(fault);
            var asked = result.GetResult(form) is { Tokens: [{ Value: var value }] } ? value : "837";
            var isPaper = asked.StartsWith("cms", StringComparison.Ordinal);
            asking.Validate(result, asked);
            if (!isPaper && result.GetResult(move) is { Implicit: false })
                result.AddError("--move is for the paper forms: give --form cms-1500 too");
            if (isPaper) envelope.RefuseIn(result);
        });
        command.SetAction(parse =>
        {
            var exit = Exit.Clean;
            var read = Read(terminal, parse.GetValue(files)!, ref exit);
            if (read.Kinds > 1)
                return terminal.Refuse(
                    "claims, remittances and questions go into files of their own: emit them one after the other");
            if (read.Claims.Count == 0 && read.Kinds > 0 && parse.GetResult(form) is { Implicit: false })
                return terminal.Refuse("what was read from X12 is written as it was: leave --form out");
            var path = parse.GetValue(output);
            var chosen = parse.GetValue(form)!;
            var isAsked = EmitInquiries.Forms.Contains(chosen);
            if ((isAsked || read.Inquiries.Count > 0 || read.Remittances.Count > 0)
                && envelope.UnusedIn(parse, isAsked) is { } unused)
                return terminal.Refuse(unused);
            if (read.Inquiries.Count > 0)
                return envelope.TermsOf(parse, terminal) is { } kept
                    ? Questions(terminal, read.Inquiries, kept, path, exit)
                    : Exit.Usage;
            if (read.Remittances.Count > 0)
                return envelope.TermsOf(parse, read.Remittances[0].Payment, terminal) is { } bank
                    ? X12(terminal, read.Remittances, bank, path, exit)
                    : Exit.Usage;
            if (read.Claims.Count == 0) return exit;
            if (chosen.StartsWith("cms", StringComparison.Ordinal))
                return Paper(terminal, read.Claims, chosen, parse.GetValue(move)!, path, exit);
            if (envelope.TermsOf(parse, read.Claims[0].Claim!, terminal) is not { } terms) return Exit.Usage;
            if (chosen == "837") return X12(terminal, read.Claims, terms, path, exit);
            var (questions, faults) = asking.Write(parse, read.Claims, chosen, terms);
            return Deliver(terminal, questions, faults, path, exit);
        });
        return command;
    }

    /// <summary>What files hold that are to be written.</summary>
    sealed class Input
    {
        public List<FiledClaim> Claims { get; } = [];

        public List<FiledRemittance> Remittances { get; } = [];

        public List<Inquiry> Inquiries { get; } = [];

        /// <summary>How many kinds of these there are.</summary>
        public int Kinds => Math.Sign(Claims.Count) + Math.Sign(Remittances.Count) + Math.Sign(Inquiries.Count);
    }

    static Input Read(Terminal terminal, string[] files, ref int exit)
    {
        var all = new Input();
        foreach (var file in files)
        {
            try
            {
                using var input = X12Input.Open(terminal, file);
                if (input.Kind == InputKind.Remittance) all.Remittances.AddRange(RemittanceFile.Read(input.Stream));
                else if (input.Kind == InputKind.Inquiry) all.Inquiries.AddRange(InquiryFile.Read(input.Stream));
                else ReadClaims(terminal, file, input, all, ref exit);
            }
            catch (InputException e)
            {
                exit = Exit.Worse(exit, Exit.Unreadable);
                terminal.Tell(file, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                exit = Exit.Worse(exit, Exit.Io);
                terminal.Tell(file, X12Input.Refusal(file, e));
            }
        }
        return all;
    }

    static void ReadClaims(Terminal terminal, string file, X12Input input, Input all, ref int exit)
    {
        var read = ClaimFile.Read(file, input.Stream, "emit");
        var refused = read.TrueForAll(static r => r.Claim is null) ? Exit.Unreadable : Exit.PartlyRefused;
        foreach (var one in read)
        {
            if (one.Claim is not null)
            {
                all.Claims.Add(one);
                continue;
            }
            exit = Exit.Worse(exit, refused);
            terminal.Tell(file, one.Error!);
        }
    }

    /// <summary>
    /// Writes the 837 and reads it back: a file that a receiver would reject is not written, but what is missing in it
    /// is reported, field by field.
    /// </summary>
    static int X12(Terminal terminal, List<FiledClaim> claims, EnvelopeTerms terms, string? output, int exit)
    {
        var writer = new ClaimWriter(terms);
        var check = new EmittedCheck();
        for (var i = 0; i < claims.Count; i++)
        {
            var parts = ClaimSplit.Of(claims[i].Claim!);
            if (parts.Count > 1)
                terminal.Error.WriteLine($"deltoid: claim {i + 1} has {claims[i].Claim!.Lines.Length} "
                    + $"lines and is sent as {parts.Count} claims");
            foreach (var part in parts)
            {
                writer.Write(part);
                check.Expect(part, claims[i].OfVisit, writer.Lost);
            }
        }
        writer.Finish();
        var faults = check.Of(writer.Output.Written.ToArray());
        return Deliver(terminal, writer.Output, faults, output, exit);
    }

    /// <summary>Writes the 835 and reads it back: one that a receiver would reject is not written.</summary>
    static int X12(Terminal terminal, List<FiledRemittance> remittances, EnvelopeTerms terms, string? output, int exit)
    {
        var writer = new RemittanceFileWriter(terms);
        foreach (var (payment, claims) in remittances) writer.Write(payment, claims);
        writer.Finish();
        var faults = new EmittedRemittance(remittances.Count > 1).Of(writer.Output.Written.ToArray());
        return Deliver(terminal, writer.Output, faults, output, exit);
    }

    /// <summary>Questions to payers and their answers, as they were read.</summary>
    static int Questions(Terminal terminal, List<Inquiry> inquiries, EnvelopeTerms terms, string? path, int exit)
    {
        if (inquiries.Exists(i => i.Guide != inquiries[0].Guide))
            return terminal.Refuse("sets of different kinds go into files of their own: emit them one after the other");
        var (sets, faults) = EmitInquiries.Write(inquiries, terms);
        return Deliver(terminal, sets, faults, path, exit);
    }

    /// <summary>Hands out what was written, or reports why not.</summary>
    static int Deliver(Terminal terminal, SegmentWriter written, IReadOnlyList<string> faults, string? output, int exit)
    {
        if (written.Unwritable > 0)
            terminal.Error.WriteLine($"deltoid: {written.Unwritable} texts hold a separator of the file and "
                + $"were left out; choose others with --separators");
        foreach (var fault in faults) terminal.Error.WriteLine(fault);
        if (faults.Count > 0 || written.Unwritable > 0)
        {
            terminal.Error.WriteLine("deltoid: nothing was written, since a receiver would reject it");
            return Exit.Worse(exit, Exit.Found);
        }
        Write(terminal, output, written.Written.ToArray());
        return exit;
    }

    static void Write(Terminal terminal, string? output, byte[] bytes)
    {
        if (output is not null)
        {
            OutputFile.WriteAll(output, bytes);
            return;
        }
        OutputException.Write(terminal.Out, bytes, flush: true);
    }

    static int Paper(Terminal terminal, List<FiledClaim> claims, string form, string move, string? output, int exit)
    {
        var shift = move.Split(',');
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
                    $"claim {i + 1}: {EmittedCheck.FieldOf(finding, claims[i])}{sentence} [{finding.Info.Id}]");
                if (finding.Severity == Severity.Error) exit = Exit.Worse(exit, Exit.Found);
            }
        }
        Write(terminal, output,
            form == "cms-1500-text"
                ? Cms1500Text.Write(forms)
                : Cms1500Pdf.Write(forms, form == "cms-1500" ? Cms1500Mode.Full : Cms1500Mode.Overlay, compressed: true,
                    right, down));
        return exit;
    }
}
