using System.Buffers;
using System.CommandLine;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary><c>deltoid schema</c>: the JSON Schema of what Deltoid reads or writes.</summary>
static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = string.Join(", ", Schemas.Names), HelpName = "NAME" };
        Among.Only(name, [.. Schemas.Names]);
        var command = new Command("schema", "Print the JSON Schema (2020-12) of what is read or written") { name };
        command.SetAction(parse =>
        {
            var text = new ArrayBufferWriter<byte>();
            Schemas.Write(parse.GetValue(name)!, text);
            terminal.Out.Write(text.WrittenSpan);
            terminal.Out.Flush();
            return Exit.Clean;
        });
        return command;
    }
}
