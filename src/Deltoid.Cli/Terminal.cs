using System.Buffers;
using System.Text;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>Where a command reads and writes: data to <see cref="Out"/>, messages to <see cref="Error"/>. Tests hand in their own.</summary>
public sealed class Terminal(Stream input, Stream output, TextWriter error, bool color)
{
    static readonly Lazy<CodeBook> Starter = new(StarterBook.Open);

    readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public Stream In { get; } = input;

    public Stream Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Output goes to a person's terminal who has not asked for plain text (NO_COLOR).</summary>
    public bool Color { get; } = color;

    /// <summary>The code book that <c>--book</c> or the variable DELTOID_BOOK names; without them the shipped rows.</summary>
    public string BookName { get; set; } = Environment.GetEnvironmentVariable("DELTOID_BOOK") is { Length: > 0 } named ? named : Books.BookName.Starter;

    /// <summary>The code book, opened when first asked for.</summary>
    /// <exception cref="BookException">It cannot be opened.</exception>
    public CodeBook Book => book ??= Open(BookName);

    CodeBook? book;

    /// <summary>Opens a code book by its name.</summary>
    /// <exception cref="BookException">It cannot be opened.</exception>
    public static CodeBook Open(string name)
    {
        if (name == Books.BookName.Starter) return Starter.Value;
        try { return Books.BookName.Open(name); }
        catch (InputException e) { throw new BookException(e.At, e.Message, e.Try); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new BookException(name, "cannot be read", "look at the path and its rights"); }
    }

    /// <summary>Messages go to a person's terminal, where a line may be written over.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>A person answers on standard input and sees standard error.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>A person has asked to stop (Ctrl-C).</summary>
    public CancellationToken Stop { get; init; }

    public static Terminal OfProcess()
    {
        var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = !stop.IsCancellationRequested; stop.Cancel(); }; // the second time it ends at once
        var color = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        return new(Console.OpenStandardInput(), Console.OpenStandardOutput(), error, color)
        {
            ErrorIsTerminal = !Console.IsErrorRedirected,
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Stop = stop.Token,
        };
    }

    /// <summary>A buffer to write into, emptied by <see cref="Flush"/>.</summary>
    public ArrayBufferWriter<byte> Buffer => buffer;

    public void Flush()
    {
        OutputException.Write(Out, buffer.WrittenSpan, flush: true);
        buffer.ResetWrittenCount();
    }

    public void Write(string text)
    {
        var span = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        buffer.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public void WriteLine(string text = "")
    {
        Write(text);
        Write("\n");
    }

    /// <summary>All bytes of an input; <c>-</c> is standard input.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public byte[] Read(string file)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal)) throw new FileNotFoundException();
        if (file != "-") return File.ReadAllBytes(file);
        using var all = new MemoryStream();
        In.CopyTo(all);
        return all.ToArray();
    }
}

/// <summary>A code book that cannot be opened: nothing was read or judged.</summary>
public sealed class BookException(string at, string message, string tryThis) : Exception($"the code book {at} {message}; {tryThis}");
