"""What editors put on pages."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(icon="title", template="website/blocks/heading.html")
    text = blocks.RichTextBlock(features=TEXT_FEATURES, template="website/blocks/text.html")
    inset = blocks.TextBlock(icon="warning", template="website/blocks/inset.html")
    document = DocumentChooserBlock(template="website/blocks/document.html")
