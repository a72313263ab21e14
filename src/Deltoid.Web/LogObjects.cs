using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Deltoid.Web;

/// <summary>
/// What <see cref="LogLines"/> says, as one object of JSON on a line: for programs that collect logs.
/// </summary>
sealed class LogObjects() : ConsoleFormatter(ObjectFormat)
{
    public const string ObjectFormat = "deltoid-json";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("at", TimeProvider.System.GetUtcNow().UtcDateTime);
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteNumber("event", logEntry.EventId.Id);
            json.WriteString("says", LogLines.SaysOf(logEntry));
            if (logEntry.Exception is { } failure) WriteFailures(json, failure);
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    static void WriteFailures(Utf8JsonWriter json, Exception failure)
    {
        json.WriteStartArray("failures");
        for (var e = failure; e is not null; e = e.InnerException)
        {
            json.WriteStartObject();
            json.WriteString("kind", e.GetType().FullName);
            json.WriteString("where", e.StackTrace);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
