using System.Text.Json;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>How results are asked for.</summary>
enum Form { Text, Json, JsonLines }

/// <summary>
/// Writes results, and errors in their places, as they come: a page of text each, one object or a list, or one object on a line.
/// A list is opened at the first result, so whether there are several must be known by then.
/// </summary>
sealed class ResultSink(Terminal terminal, Form form) : IDisposable
{
    readonly Utf8JsonWriter? json = form == Form.Text ? null : ResultJson.Writer(terminal.Buffer, form == Form.Json);
    int written;

    /// <summary>More than one result will be written: a list in JSON, and each says its file.</summary>
    public bool Several { get; set; }

    /// <summary>Reads one input; what cannot be read is reported in its place and in the exit code.</summary>
    public bool TryRead<T>(string file, Func<ReadOnlyMemory<byte>, T> read, ref int exit, out T value)
    {
        try
        {
            value = read(terminal.Read(file));
            return true;
        }
        catch (InputException e)
        {
            exit = Exit.Worse(exit, Exit.Unreadable);
            WriteError(file, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            exit = Exit.Worse(exit, Exit.Io);
            WriteError(file, X12Input.Refusal(e));
        }
        value = default!;
        return false;
    }

    public void Write(string file, CodedVisit visit)
    {
        Begin();
        if (json is null)
        {
            if (Several) terminal.WriteLine($"{(written > 1 ? "\n" : "")}=== {file}");
            ResultText.Write(visit, terminal.Write, terminal.Color);
        }
        else ResultJson.Write(visit, json, Several ? file : null);
        End();
    }

    public void WriteError(string file, InputException error)
    {
        Begin();
        if (json is not null) ResultJson.WriteError(file, error, json);
        else
        {
            terminal.Error.WriteLine($"{file}: {error.Message}{(error.At.Length > 0 ? $" (at {error.At})" : "")}");
            terminal.Error.WriteLine($"  try: {error.Try}");
        }
        End();
    }

    /// <summary>Writes one object in its place; only where JSON was asked for.</summary>
    public void WriteObject(Action<Utf8JsonWriter> write)
    {
        Begin();
        write(json!);
        End();
    }

    void Begin()
    {
        if (written++ == 0 && form == Form.Json && Several) json!.WriteStartArray();
    }

    void End()
    {
        if (form == Form.JsonLines) { json!.Flush(); json.Reset(); terminal.Write("\n"); }
        else json?.Flush();
        terminal.Flush();
    }

    public void Dispose()
    {
        if (json is null) return;
        if (form == Form.Json && Several) json.WriteEndArray();
        json.Flush();
        if (form == Form.Json) terminal.Write("\n");
        terminal.Flush();
        json.Dispose();
    }
}
