using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Fhir;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid fhir</c>: FHIR R4 in and out.</summary>
static class FhirCommand
{
    public static Command Create(Terminal terminal) => new("fhir", "FHIR R4: read a visit, write visits and claims")
    {
        Read(terminal),
        Write(terminal),
    };

    static Command Read(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A Bundle of FHIR R4 about one visit; - reads standard input"
        };
        var json = new Option<bool>("--json")
        {
            Description = "One object with the encounter and what of the Bundle is not in it"
        };
        var command = new Command("read", "Read a Bundle as encounter JSON, which 'code' takes") { file, json };
        command.SetAction(parse =>
        {
            var name = parse.GetValue(file)!;
            var read = BundleReader.Read(terminal.Read(name), terminal.Book);
            return ForeignOutput.Put(terminal, [read], name, parse.GetValue(json));
        });
        return command;
    }

    static Command Write(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Encounter or claim JSON, the result of 'code', the answer of 'remit' or an 835 that 'read' "
                + "wrote; - reads standard input"
        };
        var command = new Command("write", "Write an encounter as a Bundle, a claim as a Claim, an answer to claims "
            + "as ClaimResponse and ExplanationOfBenefit") { file };
        command.SetAction(parse =>
        {
            var text = new ArrayBufferWriter<byte>(16 * 1024);
            var bytes = terminal.Read(parse.GetValue(file)!);
            using (var json = ResultJson.Writer(text, indented: true)) FhirDocument.Write(bytes, terminal.Today, json);
            text.Write("\n"u8);
            terminal.Out.Write(text.WrittenSpan);
            terminal.Out.Flush();
            return Exit.Clean;
        });
        return command;
    }
}
