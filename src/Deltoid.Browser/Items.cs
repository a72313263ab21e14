using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Browser;

/// <summary>
/// The answer to an input that may hold several items: an object for one, a list for several, byte by byte what the
/// command line writes for <c>--json</c>.
/// </summary>
sealed class Items
{
    readonly ArrayBufferWriter<byte> text = new(16 * 1024);

    /// <summary>Items that were written.</summary>
    public long Count { get; private set; }

    /// <summary>The input is a list, even where one item of it came out.</summary>
    public bool Several { get; set; }

    /// <summary>An item that brings its separator (<see cref="FindingsWriter.Between"/>).</summary>
    public void Put(Func<IBufferWriter<byte>, int> write) => Count += write(text);

    public void Put(ReadOnlySpan<byte> made, long count)
    {
        text.Write(made);
        Count += count;
    }

    public void Put(Action<Utf8JsonWriter> write) => Put(to =>
    {
        to.Write(",\n"u8);
        using var json = ResultJson.Writer(to, indented: true);
        write(json);
        return 1;
    });

    public void PutError(string file, InputException error) => Put(json => ResultJson.WriteError(file, error, json));

    public override string ToString()
    {
        if (Count == 0) return "[]\n";
        var all = Encoding.UTF8.GetString(text.WrittenSpan[",\n"u8.Length..]);
        return Count == 1 && !Several ? all + "\n" : $"[\n{all}\n]\n";
    }
}
