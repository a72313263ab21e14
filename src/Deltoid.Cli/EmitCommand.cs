using System.CommandLine;
using Deltoid.Values;
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
    static Option<string> FormOption(EmitForm[] forms)
    {
        string[] names = [.. forms.Select(static f => f.Name)];
        var form = new Option<string>("--form")
        {
            Description = string.Join("; ", forms.Select(static f => f.Help)),
            DefaultValueFactory = _ => names[0], HelpName = string.Join('|', names)
        };
        Among.Only(form, names);
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
        var envelope = new EnvelopeOptions();
        var forms = EmitForm.All(envelope);
        var form = FormOption(forms);
        var output = new Option<string?>("--output")
        {
            Description = "Where to write; if not given, standard output", HelpName = "FILE"
        };
        var command = new Command("emit",
            "Write claims as 837 or CMS-1500, remittances as 835, questions to payers as 270 and 276")
        {
            files, form, output
        };
        foreach (var option in forms.SelectMany(static f => f.Options).Distinct()) command.Add(option);
        envelope.AddTo(command);
        command.Demand(result =>
        {
            if (OutputFile.FaultOf(result.GetValue(output), result.GetValue(files) ?? []) is { } fault)
                result.AddError(fault);
            var name = result.GetResult(form) is { Tokens: [{ Value: var value }] } ? value : forms[0].Name;
            if (Array.Find(forms, f => f.Name == name) is not { } asked) return; // the option itself says so
            foreach (var other in forms.DistinctBy(static f => f.Options is [var first, ..] ? first : null))
                other.RefuseFor(asked, result);
            asked.Validate(result);
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
            if ((read.Inquiries.Count > 0 || read.Remittances.Count > 0)
                && envelope.UnusedIn(parse, isAsked: false) is { } unused)
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
            return Array.Find(forms, f => f.Name == parse.GetValue(form))!
                .Write(new(terminal, parse, read.Claims, path, exit));
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
        if (read.Count == 0) terminal.Error.WriteLine($"{Shown.Of(file)}: the list is empty: there is no claim in it");
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

    /// <summary>Gives out what was written, or reports why not.</summary>
    public static int Deliver(Terminal terminal, SegmentWriter written, IReadOnlyList<string> faults, string? output,
        int exit)
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

    public static void Write(Terminal terminal, string? output, byte[] bytes)
    {
        if (output is not null)
        {
            OutputFile.WriteAll(output, bytes);
            return;
        }
        OutputException.Write(terminal.Out, bytes, flush: true);
    }
}
