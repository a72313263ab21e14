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
    const string LineFormat = "deltoid";

    /// <summary>The category of the program itself, which logs kinds and numbers only.</summary>
    const string Own = "Deltoid";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        var says = SaysOf(logEntry);
        textWriter.WriteLine($"{logEntry.LogLevel}: {logEntry.Category}[{logEntry.EventId.Id}] {says}");
        for (var e = logEntry.Exception; e is not null; e = e.InnerException)
            textWriter.WriteLine($"  {e.GetType().FullName}{Environment.NewLine}{e.StackTrace}");
    }

    /// <summary>What an entry says, without a value of a request.</summary>
    internal static string SaysOf<TState>(in LogEntry<TState> entry) =>
        entry.Category == Own ? entry.Formatter(entry.State, null) : WordsOf(entry.State);

    /// <summary>The message as its author wrote it, with the names of its values in place of the values.</summary>
    static string WordsOf<TState>(TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> values
        && values.FirstOrDefault(static v => v.Key == "{OriginalFormat}").Value is string words ? words : "";

    /// <summary>Makes it the only way in which anything is logged.</summary>
    /// <exception cref="ConfigException">There is no such form.</exception>
    public static void Use(ILoggingBuilder logging, ServeOptions options) => logging.ClearProviders()
        .AddConsole(console => console.FormatterName = options.LogFormat switch
        {
            "text" => LineFormat,
            "json" => LogObjects.ObjectFormat,
            _ => throw new ConfigException("the setting LogFormat is text or json"),
        })
        .AddConsoleFormatter<LogLines, ConsoleFormatterOptions>()
        .AddConsoleFormatter<LogObjects, ConsoleFormatterOptions>();
}
