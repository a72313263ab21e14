namespace Deltoid.Values;

/// <summary>An input that cannot be read: where (a JSON pointer, or a line and column), what is wrong, what to do. Never a value of the input.</summary>
public sealed class InputException(string at, string message, string tryThis) : Exception(message)
{
    public string At { get; } = at;

    public string Try { get; } = tryThis;
}
