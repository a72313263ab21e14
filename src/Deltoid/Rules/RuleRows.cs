using System.Text;
using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>The row files that lie inside the library: those of this folder, and the list of documents.</summary>
static class RuleRows
{
    /// <param name="name">As it is embedded: <c>rules/injection.tsv</c>.</param>
    public static Rows Open(string name)
    {
        using var stream = typeof(RuleRows).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} was not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Rows(name, reader.ReadToEnd());
    }
}
