namespace Deltoid.Adjudication;

/// <summary>A file that the payer sends.</summary>
/// <param name="Name">Its name in the output folder; names sort in the order of sending.</param>
/// <param name="Kind">What it is in truth: 277CA, right, cent-off, again, rewrapped.</param>
/// <param name="Trace">TRN02 of an 835; else empty.</param>
internal sealed record PayerFile(string Name, string Kind, string Trace, byte[] Bytes);
