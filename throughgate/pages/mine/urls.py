from django.urls import path

from throughgate.pages.mine import giving, views

BOOK = "as/<uuid:post_id>/people/<uuid:person_id>/book/"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/next/", views.next_things, name="mine_next"),
    path("mine/look/", views.change_look, name="mine_look"),
    path("mine/hide/", views.hide, name="mine_hide"),
    path("mine/leave/", views.leave, name="mine_leave"),
    path("bank-holidays/", views.bank_holidays, name="bank_holidays"),
    path(BOOK, giving.book, name="book"),
    path(f"{BOOK}code/", giving.give, name="give_code"),
    path(f"{BOOK}stop/", giving.stop, name="stop_code"),
    path(f"{BOOK}beside/", giving.beside, name="open_beside"),
]
