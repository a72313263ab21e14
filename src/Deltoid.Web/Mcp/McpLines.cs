using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Deltoid.Web.Mcp;

/// <summary>
/// The messages on standard input, each a line. One that is no JSON, or no object, has no id that the transport could
/// answer to, so that it is answered here (JSON-RPC 2.0, 5.1).
/// </summary>
sealed class McpLines(Stream input)
{
    readonly Pipe taken = new();

    /// <summary>The lines that are objects of JSON.</summary>
    public Stream Taken => taken.Reader.AsStream();

    public async Task Take(ITransport answers, CancellationToken stop)
    {
        var lines = PipeReader.Create(input);
        for (var isMore = true; isMore;)
        {
            var read = await lines.ReadAsync(stop);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                await Take(rest.Slice(0, end), answers, stop);
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            isMore = !read.IsCompleted;
            if (!isMore && !rest.IsEmpty) await Take(rest, answers, stop);
            lines.AdvanceTo(isMore ? rest.Start : rest.End, rest.End);
        }
        await taken.Writer.CompleteAsync();
    }

    async Task Take(ReadOnlySequence<byte> line, ITransport answers, CancellationToken stop)
    {
        switch (KindOf(line))
        {
            case JsonTokenType.StartObject:
                foreach (var part in line) await taken.Writer.WriteAsync(part, stop);
                await taken.Writer.WriteAsync("\n"u8.ToArray(), stop);
                break;
            case JsonTokenType.Null: // an empty line
                break;
            case JsonTokenType.None:
                await Refuse(-32700, "Parse error: the line is not JSON.", answers, stop);
                break;
            default:
                await Refuse(-32600, "Invalid request: the line is no object.", answers, stop);
                break;
        }
    }

    static Task Refuse(int code, string why, ITransport answers, CancellationToken stop) =>
        answers.SendMessageAsync(new JsonRpcError { Error = new() { Code = code, Message = why } }, stop);

    /// <summary>What a line holds; none where it is not JSON.</summary>
    static JsonTokenType KindOf(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            if (!reader.Read()) return JsonTokenType.Null;
            var kind = reader.TokenType;
            while (reader.Read()) { }
            return kind == JsonTokenType.Null ? JsonTokenType.Number : kind;
        }
        catch (JsonException)
        {
            return line.ToArray().AsSpan().Trim(" \t\r"u8).IsEmpty ? JsonTokenType.Null : JsonTokenType.None;
        }
    }
}
