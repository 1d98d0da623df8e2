using System.Globalization;

namespace MsaAspire.Web.Language;

/// <summary>
/// Amounts as English and Korean write them, which is alike: sign in front, commas between thousands. By hand, because the process knows
/// no cultures: the libraries they come from are not on every machine.
/// </summary>
internal static class Money
{
    public static string Format(decimal amount, string currency) => currency switch
    {
        "EUR" => "€" + Digits(amount),
        "USD" => "$" + Digits(amount),
        "KRW" => "₩" + amount.ToString("N0", CultureInfo.InvariantCulture),
        _ => $"{currency} {Digits(amount)}",
    };

    private static string Digits(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
