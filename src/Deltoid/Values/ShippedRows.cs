using System.Text;

namespace Deltoid.Values;

/// <summary>The row files that are inside the library itself; those of a code book are in its pack.</summary>
static class ShippedRows
{
    /// <param name="name">As it is embedded: <c>rules/injection.tsv</c>.</param>
    public static Rows Open(string name)
    {
        using var stream = typeof(ShippedRows).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} was not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Rows(name, reader.ReadToEnd());
    }
}
