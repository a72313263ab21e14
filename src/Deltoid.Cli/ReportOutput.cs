using System.Text.Json;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>One report for all inputs, in which those that do not read have their place.</summary>
sealed class ReportOutput(Terminal terminal, Form form) : ItemOutput(terminal, terminal.Out, form)
{
    readonly Terminal terminal = terminal;
    readonly List<Action<Utf8JsonWriter>> refused = [];

    public override void PutError(string file, InputException error)
    {
        if (Form == Form.Json) refused.Add(json => ResultJson.WriteError(file, error, json));
        else base.PutError(file, error);
    }

    /// <summary>Writes the report in the form that is asked for.</summary>
    /// <param name="csv">Null where it has no such form.</param>
    public void Put(Action<Utf8JsonWriter, List<Action<Utf8JsonWriter>>> json, Action<TextPage> text,
        Func<string>? csv = null)
    {
        if (Form == Form.Json) PutObject(writer => json(writer, refused));
        else if (Form == Form.Csv && csv is not null) terminal.Write(csv());
        else text(new TextPage(terminal.Write, terminal.Color));
        terminal.Flush();
    }
}
