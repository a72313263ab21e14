using System.Text;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>Messages for people: what an input or a file name brings along cannot steer the terminal.</summary>
sealed class PlainText : TextWriter
{
    readonly TextWriter inner;

    public PlainText(TextWriter inner)
    {
        this.inner = inner;
        CoreNewLine = inner.NewLine.ToCharArray();
    }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value) => inner.Write(Shown.Of(value ?? "", "\n"));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value)
    {
        Write(value);
        inner.WriteLine();
    }

    public override void Flush() => inner.Flush();
}
