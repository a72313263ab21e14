using System.Globalization;
using System.Text.RegularExpressions;

namespace Deltoid.Store;

/// <summary>A number as people type it: <c>1,250.00</c>, <c>$45.5</c>. A comma stands before three digits only.</summary>
public static class TypedNumber
{
    static readonly Regex Form = new(@"^\$?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?$", RegexOptions.CultureInvariant);

    /// <summary>Reads it; "45,50" is none, since it may mean 45.50 or 4550.</summary>
    public static bool TryRead(string text, out decimal number)
    {
        (text, number) = (text.Trim(), 0);
        return Form.IsMatch(text) && decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
    }
}
