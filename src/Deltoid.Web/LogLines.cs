using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Deltoid.Web;

/// <summary>
/// How a log line is written, at every level and of every category: what happened and where, and nothing of a request.
/// Other libraries put addresses, fields and rows into their messages, and exceptions quote what was typed. So only the
/// fixed words of a message are written, and of an exception its kinds and places in the code.
/// </summary>
sealed class LogLines() : ConsoleFormatter(LineFormat)
{
    public const string LineFormat = "deltoid";

    /// <summary>The category of the program itself, which logs kinds and numbers only.</summary>
    const string Own = "Deltoid";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        var says = logEntry.Category == Own ? logEntry.Formatter(logEntry.State, null) : WordsOf(logEntry.State);
        textWriter.WriteLine($"{logEntry.LogLevel}: {logEntry.Category}[{logEntry.EventId.Id}] {says}");
        for (var e = logEntry.Exception; e is not null; e = e.InnerException)
            textWriter.WriteLine($"  {e.GetType().FullName}{Environment.NewLine}{e.StackTrace}");
    }

    /// <summary>The message as its author wrote it, with the names of its values in place of the values.</summary>
    static string WordsOf<TState>(TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> values
        && values.FirstOrDefault(static v => v.Key == "{OriginalFormat}").Value is string words ? words : "";

    /// <summary>Makes it the only way in which anything is logged.</summary>
    public static void Use(ILoggingBuilder logging) => logging.ClearProviders()
        .AddConsole(static console => console.FormatterName = LineFormat)
        .AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
}
