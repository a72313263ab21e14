using System.CommandLine;
using Deltoid.Charting;
using Deltoid.Hl7;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary><c>deltoid hl7</c>: HL7 v2 in and out.</summary>
static class Hl7Command
{
    public static Command Create(Terminal terminal) => new("hl7", "HL7 v2: read messages of injections, write charges")
    {
        Read(terminal),
        Write(terminal),
    };

    static Command Read(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "RDE, RAS, VXU or DFT messages, with or without MLLP; - reads standard input"
        };
        var json = new Option<bool>("--json")
        {
            Description = "One object with the encounter and what of the message is not in it; a list for several"
        };
        var command = new Command("read", "Read messages as encounter JSON, which 'code' takes") { file, json };
        command.SetAction(parse =>
        {
            var name = parse.GetValue(file)!;
            return ForeignOutput.Put(terminal, Hl7Reader.ReadAll(terminal.Read(name), terminal.Book), name,
                parse.GetValue(json));
        });
        return command;
    }

    static Command Write(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "Encounter JSON; - reads standard input" };
        var command = new Command("write", "Code an encounter, and write its charges as DFT^P03") { file };
        command.SetAction(parse =>
        {
            var encounter = EncounterJson.Read(terminal.Read(parse.GetValue(file)!), parse.GetValue(file)!);
            var visit = CodedVisit.Of(encounter, terminal.Book, new Scrubber(terminal.Edits));
            terminal.Out.Write(Hl7Writer.Write(visit, terminal.Today.ToDateTime(TimeOnly.MinValue)));
            terminal.Out.Flush();
            return Exit.Clean;
        });
        return command;
    }
}
