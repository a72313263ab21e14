using System.Buffers;
using System.Text;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// Where a command reads and writes: data to <see cref="Out"/>, messages to <see cref="Error"/>. Tests hand in their
/// own.
/// </summary>
public sealed class Terminal(Stream input, Stream output, TextWriter error, bool color)
{
    static readonly Lazy<CodeBook> Starter = new(StarterBook.Open);

    readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public Stream In { get; } = input;

    public Stream Out { get; } = output;

    /// <summary>Messages; text of an input in them cannot steer the screen.</summary>
    public TextWriter Error { get; } = new PlainText(error);

    /// <summary>Standard error for what writes over its own line: our words only.</summary>
    internal TextWriter Screen { get; } = error;

    /// <summary>Output goes to a person's terminal who has not asked for plain text (NO_COLOR, TERM=dumb).</summary>
    public bool Color { get; } = color;

    /// <summary>What is said when a person stops the run: what is kept, and how to continue.</summary>
    internal Func<string> Interruption { get; set; } = static () => "interrupted";

    /// <summary>The reader of the output has closed it: head, or a pager.</summary>
    internal bool OutputIsClosed => Out is StandardOutput { IsClosed: true };

    /// <summary>
    /// The code book that <c>--book</c> or the variable DELTOID_BOOK names; without them the shipped rows.
    /// </summary>
    public string BookName { get; set; } = Environment.GetEnvironmentVariable("DELTOID_BOOK") is { Length: > 0 } named
        ? named
        : Books.BookName.Starter;

    /// <summary>The code book, opened when first asked for.</summary>
    /// <exception cref="BookException">It cannot be opened.</exception>
    public CodeBook Book => book ??= Open(BookName);

    CodeBook? book;

    /// <summary>The edits of this run: the shipped ones, and the payer rules that <c>--rules</c> names.</summary>
    internal EditSet Edits { get; set; } = Shipped.Edits;

    /// <summary>Opens a code book by its name.</summary>
    /// <exception cref="BookException">It cannot be opened.</exception>
    public static CodeBook Open(string name)
    {
        if (name == Books.BookName.Starter) return Starter.Value;
        try { return Books.BookName.Open(name); }
        catch (InputException e) { throw new BookException(e.At.Length > 0 ? e.At : name, e.Message, e.Try); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BookException(name, "cannot be read", "look at the path and its rights");
        }
    }

    /// <summary>The local day and time at which the command runs: the only clock that commands ask.</summary>
    public DateTime Now { get; init; } = DateTime.Now;

    /// <summary>The day of <see cref="Now"/>: the date that is meant when none is given.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>Messages go to a person's terminal, where a line may be written over.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>A person answers on standard input and sees standard error.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>A person has asked to stop (Ctrl-C).</summary>
    public CancellationToken Stop { get; init; }

    public static Terminal OfProcess()
    {
        var (stop, input) = (new CancellationTokenSource(), StandardInput.OfProcess());
        var isPlain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var error = new StreamWriter(Inherited.Has(2) ? Console.OpenStandardError() : Stream.Null,
            new UTF8Encoding(false)) { AutoFlush = true };
        var terminal = new Terminal(input, StandardOutput.OfProcess(), error, !Console.IsOutputRedirected && !isPlain)
        {
            ErrorIsTerminal = !Console.IsErrorRedirected,
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Stop = stop.Token,
        };
        Console.CancelKeyPress += (_, pressed) =>
        {
            // the second time it ends at once, and when it only waits
            pressed.Cancel = !stop.IsCancellationRequested && !input.IsWaiting;
            if (!pressed.Cancel) terminal.Error.WriteLine("deltoid: " + terminal.Interruption());
            stop.Cancel();
        };
        return terminal;
    }

    /// <summary>An error for people: of what, where in it, what is wrong, what to try.</summary>
    /// <param name="subject">A file, or <c>deltoid</c> where it is the command line.</param>
    public void Tell(string subject, InputException e)
    {
        Error.WriteLine($"{subject}: {e.Message}{(e.At.Length > 0 ? $" (at {e.At})" : "")}");
        if (e.Try.Length > 0) Error.WriteLine($"  try: {e.Try}");
        foreach (var more in e.Also) Tell(subject, more);
    }

    /// <summary>The command cannot be run as it was given.</summary>
    public int Refuse(string message)
    {
        Error.WriteLine("deltoid: " + message);
        return Exit.Usage;
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

    /// <summary>The bytes of an input of at most 64 MB, and one more of a longer one; <c>-</c> is standard
    /// input.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public byte[] Read(string file)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal)) throw new FileNotFoundException();
        using var opened = file == "-" ? null : File.OpenRead(file);
        using var all = new MemoryStream();
        var next = new byte[64 * 1024];
        for (int count; all.Length <= Longest && (count = (opened ?? In).Read(next)) > 0;) all.Write(next, 0, count);
        return all.ToArray();
    }

    const int Longest = 64 << 20;
}

/// <summary>A code book that cannot be opened: nothing was read or judged.</summary>
public sealed class BookException(string at, string message, string tryThis)
    : Exception($"the code book {at} {message}; {tryThis}");
