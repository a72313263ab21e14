using System.Buffers;
using System.Text.Json;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// How results are asked for: as a page of text, an object or list, an object on each line; findings also in SARIF, or
/// (<c>Report</c>) as one list of each file.
/// </summary>
enum Form { Text, Json, JsonLines, Sarif, Report, Csv, Statistics }

/// <summary>
/// Puts together what a command writes: what is before the first item, the items as they come, what is after
/// the last. One item is an object in JSON, several are a list; so the first waits for the second, or for the end.
/// </summary>
class ItemOutput(Terminal terminal, Stream target, Form form) : IDisposable
{
    protected ArrayBufferWriter<byte> Buffer { get; } = new();

    protected Form Form { get; } = form;

    /// <summary>Colour is for a person who looks at this very output.</summary>
    protected bool Color => terminal.Color && ReferenceEquals(target, terminal.Out);

    protected Codes.CodeBook Book => terminal.Book;

    byte[]? first;
    bool abandoned;

    /// <summary>Items so far; of a report those of the current file.</summary>
    protected long Items { get; set; }

    /// <summary>Items that are answers and not errors.</summary>
    public long Answers { get; private set; }

    public long Written { get; protected set; }

    /// <summary>All items that were put are in <see cref="Written"/>; none is held back.</summary>
    public bool IsWhole => first is null;

    /// <summary>Several inputs: a list in JSON whatever comes, and each item says its file.</summary>
    public bool Several { get; set; }

    /// <summary>Reads one input; what cannot be read is reported in its place and in the exit code.</summary>
    public bool TryRead(string file, ref int exit, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (InputException e)
        {
            exit = Exit.Worse(exit, Exit.Unreadable);
            PutError(file, e);
        }
        catch (Exception e) when (e is (IOException and not OutputException) or UnauthorizedAccessException)
        {
            exit = Exit.Worse(exit, Exit.Io);
            PutError(file, X12Input.Refusal(file, e));
        }
        catch (OperationCanceledException)
        {
            exit = Exit.Interrupted;
        }
        return false;
    }

    /// <summary>Writes items, each of which begins with the separator of its form.</summary>
    public void Put(ReadOnlyMemory<byte> text, long count)
    {
        if (count == 0) return;
        Answers += count;
        if (Form == Form.Json && Items == 0 && count == 1 && !Several && first is null)
        {
            first = text[2..].ToArray();
            Items = 1;
            return;
        }
        if (Form == Form.Json && (Items == 0 || first is not null)) Write("[\n"u8);
        if (first is not null) Write(first);
        var separator = Form is Form.Json or Form.Sarif or Form.Report && Items == 0 ? 2 : 0;
        first = null;
        Items += count;
        Write(text.Span[separator..]);
    }

    /// <summary>
    /// Begins an object of JSON that is written piece by piece, since it may be long: the only one unless there are
    /// <see cref="Several"/>.
    /// </summary>
    public void BeginObject()
    {
        Answers++;
        if (Form == Form.Json && Several) Write(Items == 0 ? "[\n"u8 : ",\n"u8);
        Items++;
    }

    /// <summary>More of the object that was begun.</summary>
    public void AppendObject(ReadOnlySpan<byte> more) => Write(more);

    /// <summary>The object that was begun is complete.</summary>
    public void EndObject()
    {
        if (Form == Form.JsonLines || !Several) Write("\n"u8);
        isAlone = !Several;
    }

    bool isAlone; // one object was written, and nothing stands around it

    /// <summary>Puts items that are made here, with their separators.</summary>
    public void Put(Func<IBufferWriter<byte>, int> write)
    {
        Buffer.ResetWrittenCount();
        var count = write(Buffer);
        Put(Buffer.WrittenMemory, count);
        Buffer.ResetWrittenCount();
        OutputException.Write(target, default, flush: true);
    }

    /// <summary>Puts one object; only where JSON is asked for.</summary>
    public void PutObject(Action<Utf8JsonWriter> write) => Put(to =>
    {
        if (Form == Form.Json) to.Write(",\n"u8);
        using (var json = ResultJson.Writer(to, Form == Form.Json)) write(json);
        if (Form == Form.JsonLines) to.Write("\n"u8);
        return 1;
    });

    /// <summary>An input that cannot be read: in its place, and for people on standard error.</summary>
    public virtual void PutError(string file, InputException error)
    {
        if (Form is Form.Json or Form.JsonLines)
        {
            PutObject(json => ResultJson.WriteError(file, error, json));
            Answers--;
            if (ReferenceEquals(target, terminal.Out)) return;
        }
        terminal.Tell(file, error);
    }

    /// <summary>The run was stopped: the output stays open-ended, and another run continues it.</summary>
    public void Abandon() => abandoned = true;

    public void Dispose()
    {
        if (abandoned) return;
        Close();
        OutputException.Write(target, default, flush: true);
    }

    /// <summary>Writes what is after the last item.</summary>
    protected virtual void Close()
    {
        if (Form == Form.Json && first is not null)
        {
            Write(first);
            Write("\n"u8);
        }
        else if (Form == Form.Json && !isAlone) Write(Items == 0 ? "[]\n"u8 : "\n]\n"u8);
    }

    protected void Write(ReadOnlySpan<byte> text)
    {
        OutputException.Write(target, text);
        Written += text.Length;
    }

    protected void Flush()
    {
        Write(Buffer.WrittenSpan);
        Buffer.ResetWrittenCount();
    }
}
