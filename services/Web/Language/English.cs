using System.Globalization;

namespace MsaAspire.Web.Language;

internal static class English
{
    public static Texts Texts { get; } = new()
    {
        Tag = "en",
        ShopName = "Moonjar",
        Tagline = "Coffee, tea and the kitchen",
        SkipToContent = "Skip to content",
        MainMenu = "Main menu",
        Shelves = "Shelves",
        YourOrders = "Your orders",
        Cart = "Cart",
        CartCount = "things in the cart",
        SearchLabel = "Search the shop",
        Search = "Search",
        Footer = "Moonjar is a shop for trying things out: nothing is charged and nothing is sent.",
        NeedsScript = "The cart is kept in your browser and needs JavaScript. Switch it on to order; the shelves and the search work without.",

        WelcomeTitle = "Slow mornings, sharp knives, good tea.",
        WelcomeText = "Things for the kitchen that we use ourselves and would buy again. Beans are roasted on Tuesdays, and the moon jar on the top shelf is one of five.",
        WelcomeLink = "See the moon jar",
        AllProducts = "On the shelves",
        Count = n => n == 1 ? "1 thing" : $"{n} things",
        ResultsFor = search => $"“{search}”",
        NothingFor = search => $"Nothing on the shelves matches “{search}”.",
        NothingFoundAdvice = "Try a shorter word, such as “tea” or “steel”.",
        ShowEverything = "Show everything",
        Pages = "Pages",
        PageNumber = n => $"Page {n}",
        PreviousPage = "Previous",
        NextPage = "Next",

        AddToCart = "Add to cart",
        AddNamedToCart = name => $"Add {name} to cart",
        Quantity = "Quantity",
        Price = "Price",
        InStock = "In stock",
        OnlySoManyLeft = n => $"Only {n} left",
        SoldOut = "Sold out",
        SoldOutAdvice = "You may order it all the same: the order is then rejected, and nothing is charged.",
        StockUnknown = "We cannot see the stock right now. Order if you like: should it have run out, we say so at once and charge nothing.",
        Shipping = "Price with tax. Shipping is on us.",

        CartEmpty = "Your cart is empty.",
        GoShopping = "Go to the shelves",
        Total = "Total",
        Product = "Product",
        ToCheckout = "Go to checkout",
        KeepShopping = "Keep shopping",
        Remove = "Remove",

        Checkout = "Checkout",
        YourName = "Your name",
        NameHint = "We write it on the parcel. Up to 200 characters.",
        Payment = "Payment",
        PaymentHint = "These are test cards. Each behaves in its own way, so that you can see what the shop does.",
        Cards =
        [
            new("tok_ok", "The card that works", "Pays at once."),
            new("tok_declined", "The declined card", "The bank refuses. Your order is cancelled and the goods go back on the shelf."),
            new("tok_slow", "The slow card", "Pays after five seconds."),
            new("tok_flaky", "The flaky card", "Fails twice, then pays. We keep trying for you."),
        ],
        PlaceOrder = "Place the order",
        Summary = "What you order",

        Order = "Order",
        OrderNumber = number => $"Order {number}",
        ThankYou = name => $"Thank you, {name}.",
        Progress = "Progress",
        Receipt = "Receipt",
        Live = "This page follows the order by itself.",
        ReloadToSee = "Reload this page to see how the order moves.",
        Statuses = new Dictionary<string, StatusText>(StringComparer.Ordinal)
        {
            ["Submitted"] = new("Received", "We have your order and are looking for everything on the shelves."),
            ["Reserved"] = new("Reserved", "Everything is set aside for you. The payment is on its way."),
            ["Confirmed"] = new("Confirmed", "It is paid and all yours. Nothing more to do."),
            ["Rejected"] = new("Rejected", "We could not set everything aside. Nothing was charged."),
            ["Cancelled"] = new("Cancelled", "The order did not go through. You pay nothing, and the goods are back on the shelf."),
        },
        Reasons = new()
        {
            OutOfStock = products => products is [var only]
                ? $"There is not enough left of: {only}. Order less of it."
                : "There is not enough left of at least one of these things. Their pages show what is in stock; order again with less.",
            UnknownProduct = "Something in this order is not sold any more. Order again without it.",
            CardDeclined = "The card was declined. Order again with another card.",
            CardUnknown = "The bank does not know this card. Order again with another card.",
            PaymentUnavailable = "We could not reach the bank. If your card was charged, the money goes back to it. Order again a little later.",
            TimedOut = "It took longer than we wait. If your card was charged, the money goes back to it. You can order again.",
            Other = "We cannot say more about why. You can order again.",
        },

        NoOrders = "No orders from this browser yet.",
        OrdersOfThisBrowser = "Only this browser knows this list. Clearing its data for this site clears the list, not the orders.",

        UnknownPage = new("This page does not exist.", "The address may be mistyped, or the page has moved. The shelves are still where they were."),
        UnknownProduct = new("We do not sell this.", "The product does not exist, or not any more. Look for something like it on the shelves."),
        UnknownOrder = new("There is no such order.", "Check the address: it ends in the order’s number. The orders of this browser are under “Your orders”."),
        Unreachable = new("We cannot reach the stock room.", "A part of the shop is not answering just now. Your cart and your orders are safe. Wait a moment and try again."),
        Failed = new("Something broke on our side.", "It is noted, and not your fault. Your cart and your orders are safe. Try again, or come back a little later."),
        TryAgain = "Try again",

        Script = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["added"] = "{name} is in the cart.",
            ["removed"] = "{name} is out of the cart.",
            ["gone"] = "{name} is not sold any more and was taken out of the cart.",
            ["each"] = "{price} each",
            ["remove-named"] = "Remove {name}",
            ["quantity-of"] = "Quantity of {name}",
            ["name-missing"] = "Please write your name.",
            ["placing"] = "Placing the order…",
            ["failed-offline"] = "The shop does not answer. Your cart is kept. Check the connection and press the button again: you will not be charged twice.",
            ["failed-busy"] = "The shop is very busy. Wait {seconds} seconds and press the button again: you will not be charged twice.",
            ["failed-catalog-unavailable"] = "Prices cannot be looked up right now and nothing was ordered. Press the button again in a few seconds.",
            ["failed-unknown-product"] = "Something in the cart is not sold any more, and nothing was ordered. Go back to the cart, remove it and try again.",
            ["failed-total-too-large"] = "The order's total is too large, and nothing was ordered. Go back to the cart and order less at once.",
            ["failed-price-changed"] = "A price has changed, and nothing was ordered. The total is now {total}, no longer {before}. Press the button again to order at the new price.",
            ["failed-invalid-request"] = "The shop could not read the order, and nothing was ordered. Check the name and the quantities (1 to 1000 each).",
            ["failed-other"] = "The order did not go through. Your cart is kept. Press the button again: you will not be charged twice. ({detail})",
            ["lost"] = "The live connection is down. We keep trying; reloading the page shows the latest.",
            ["status-unknown"] = "Not found",
        },
        Moment = at => at.UtcDateTime.ToString("MMMM d, yyyy 'at' h:mm tt 'UTC'", CultureInfo.InvariantCulture),
    };
}
