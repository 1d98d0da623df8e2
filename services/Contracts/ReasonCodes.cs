namespace MsaAspire.Contracts;

/// <summary>Why an order was rejected or cancelled. The codes are stable: clients choose their texts by them.</summary>
public static class ReasonCodes
{
    /// <summary>Fewer are available than were ordered.</summary>
    public const string OutOfStock = "out-of-stock";

    /// <summary>Inventory does not know a product.</summary>
    public const string UnknownProduct = "unknown-product";

    /// <summary>The provider declined the card.</summary>
    public const string CardDeclined = "card-declined";

    /// <summary>The provider does not know the card.</summary>
    public const string CardUnknown = "card-unknown";

    /// <summary>The provider could not be asked, in all attempts.</summary>
    public const string PaymentUnavailable = "payment-unavailable";

    /// <summary>The order was not decided before its deadline.</summary>
    public const string TimedOut = "timed-out";
}
